import { LRUCache } from 'lru-cache'

/** What is remembered of a project. */
export interface Remembered {
  /** By adapter. */
  readonly adapters: Readonly<Record<string, unknown>>
  /** By adapter, the extra params of the connection that it learnt from last. */
  readonly learntFrom: Readonly<Record<string, unknown>>
}

/** What came of an event. */
export interface Learnt {
  /** Plain JSON; undefined leaves what is there, null forgets it. */
  readonly value: unknown
  /** The extra params that it was learnt from; undefined for other events. */
  readonly extraParams?: unknown
}

/** What adapters remember of projects, by the id of the project. */
export interface ProjectMemory {
  of(project: string): Promise<Remembered>
  /** Leaves what is there where it cannot be kept. */
  learn(project: string, adapter: string, learnt: Learnt): Promise<void>
  forget(project: string): Promise<void>
  copy(from: string, to: string): Promise<void>
}

/** Where the memory of a project outlives the process, as JSON. */
export interface MemoryStore {
  read(project: string): Promise<Remembered | undefined>
  write(project: string, value: Remembered): Promise<void>
  remove(project: string): Promise<void>
}

const NOTHING: Remembered = { adapters: {}, learntFrom: {} }
const PROJECTS = 10_000

/** @param store without it, what is remembered ends with the process */
export function createProjectMemory(store: MemoryStore | undefined): ProjectMemory {
  const known = new LRUCache<string, Promise<Remembered>>({ max: PROJECTS })

  function hold(project: string, now: Promise<Remembered>): Promise<Remembered> {
    known.set(project, now)
    now.catch(() => {
      if (known.peek(project) === now) known.delete(project)
    })
    return now
  }

  function of(project: string): Promise<Remembered> {
    return (
      known.get(project) ??
      hold(
        project,
        Promise.resolve(store?.read(project)).then((kept) => kept ?? NOTHING),
      )
    )
  }

  async function change(project: string, to: (before: Remembered) => Remembered): Promise<void> {
    const before = of(project)
    const changed = before.then(async (was) => {
      const now = to(was)
      if (now === NOTHING) await store?.remove(project)
      else if (JSON.stringify(now) !== JSON.stringify(was)) await store?.write(project, now)
      return now
    })
    void hold(
      project,
      changed.catch(() => before),
    )
    await changed
  }

  return {
    of,
    learn: (project, adapter, { value, extraParams }) =>
      change(project, ({ adapters, learntFrom }) => ({
        adapters: withOwn(adapters, adapter, value),
        learntFrom: withOwn(learntFrom, adapter, extraParams),
      })),
    forget: (project) => change(project, () => NOTHING),
    async copy(from, to) {
      const original = await of(from)
      if (original !== NOTHING) await change(to, () => original)
    },
  }
}

/** @param value undefined leaves what is there, null takes it away */
function withOwn(record: Readonly<Record<string, unknown>>, name: string, value: unknown): Record<string, unknown> {
  if (value === undefined) return record
  const { [name]: _, ...others } = record
  return value === null ? others : { ...others, [name]: value }
}
