import { LRUCache } from 'lru-cache'
import { z } from 'zod'

const memory = z.strictObject({
  /** By adapter. */
  adapters: z.record(z.string(), z.unknown()),
  /** Of the last `/setup`, to know when they are new. */
  extraParams: z.unknown().optional(),
})

/** What is remembered of a project. */
export type Remembered = Readonly<z.infer<typeof memory>>

/** What adapters remember of projects, by the id of the project. */
export interface ProjectMemory {
  of(project: string): Promise<Remembered>
  /** @param value undefined leaves what is there, null forgets it */
  learn(project: string, adapter: string, value: unknown): Promise<void>
  /** True when these are not those of last time, which they are from then on. */
  areNew(project: string, extraParams: unknown): Promise<boolean>
  forget(project: string): Promise<void>
  copy(from: string, to: string): Promise<void>
}

/** Where the memory of a project outlives the process, as JSON. */
export interface MemoryStore {
  read(project: string): Promise<unknown>
  write(project: string, value: unknown): Promise<void>
  remove(project: string): Promise<void>
}

const NOTHING: Remembered = { adapters: {} }
const PROJECTS = 10_000

/** @param store without it, what is remembered ends with the process */
export function createProjectMemory(store: MemoryStore | undefined): ProjectMemory {
  const known = new LRUCache<string, Promise<Remembered>>({ max: PROJECTS })

  async function read(project: string): Promise<Remembered> {
    const read = memory.safeParse(await store?.read(project))
    return read.success ? read.data : NOTHING
  }

  function of(project: string): Promise<Remembered> {
    const before = known.get(project)
    if (before !== undefined) return before
    const now = read(project)
    known.set(project, now)
    now.catch(() => known.delete(project))
    return now
  }

  async function change(project: string, to: (before: Remembered) => Remembered): Promise<void> {
    const changed = of(project).then(async (before) => {
      const after = to(before)
      if (JSON.stringify(after) !== JSON.stringify(before)) await store?.write(project, after)
      return after
    })
    known.set(project, changed)
    changed.catch(() => known.delete(project))
    await changed
  }

  return {
    of,
    async learn(project, adapter, value) {
      if (value === undefined) return
      await change(project, ({ adapters: { [adapter]: _, ...others }, ...rest }) => ({
        ...rest,
        adapters: value === null ? others : { ...others, [adapter]: value },
      }))
    },
    async areNew(project, extraParams) {
      const { extraParams: before = null } = await of(project)
      if (JSON.stringify(before) === JSON.stringify(extraParams ?? null)) return false
      await change(project, (now) => ({ ...now, extraParams }))
      return true
    },
    async forget(project) {
      known.set(project, Promise.resolve(NOTHING))
      await store?.remove(project)
    },
    async copy(from, to) {
      const original = await of(from)
      if (original !== NOTHING) await change(to, () => original)
    },
  }
}
