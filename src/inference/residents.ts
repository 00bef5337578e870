import type { Session } from './session.js'

/** A model that is in memory, or may be brought there. */
export interface Resident {
  /** What it is counted as when it is in memory. */
  readonly bytes: number
  load(): Promise<Session>
  session?: Promise<Session> | undefined
  /** Runs in hand. */
  running: number
}

/** How much may be in memory. */
export interface Budget {
  readonly maxModels: number
  readonly maxBytes: number
}

/** Models of which as many are in memory as a budget allows: those used longest ago are put out first, and none that runs. */
export interface Residents {
  /** Brings a model into memory if need be, and keeps it there while `action` goes on. */
  use<T>(resident: Resident, action: (session: Session) => Promise<T>): Promise<T>
  /** Puts a model out for good. */
  remove(resident: Resident): Promise<void>
  readonly loaded: { readonly models: number; readonly bytes: number }
  /** Puts all out. */
  dispose(): Promise<void>
}

export function createResidents({ maxModels, maxBytes }: Budget): Residents {
  /** In memory or on the way there; those used longest ago first. */
  const present = new Set<Resident>()
  const leaving = new Set<Promise<void>>()

  const bytes = () => [...present].reduce((sum, resident) => sum + resident.bytes, 0)

  async function use<T>(resident: Resident, action: (session: Session) => Promise<T>): Promise<T> {
    present.delete(resident)
    present.add(resident)
    resident.running++
    resident.session ??= bring(resident)
    makeRoom()
    try {
      return await action(await resident.session)
    } finally {
      resident.running--
      makeRoom()
    }
  }

  function bring(resident: Resident): Promise<Session> {
    const loading = resident.load()
    loading.catch(() => {
      if (resident.session !== loading) return
      resident.session = undefined
      present.delete(resident)
    })
    return loading
  }

  function makeRoom(): void {
    for (const resident of present) {
      if (present.size <= maxModels && bytes() <= maxBytes) return
      if (resident.running === 0) putOut(resident)
    }
  }

  function putOut(resident: Resident): void {
    const left = resident.session?.then((session) => session.dispose()).catch(() => {})
    present.delete(resident)
    resident.session = undefined
    if (left === undefined) return
    leaving.add(left)
    void left.finally(() => leaving.delete(left))
  }

  return {
    use,
    async remove(resident) {
      putOut(resident)
      await Promise.all(leaving)
    },
    get loaded() {
      return { models: present.size, bytes: bytes() }
    },
    async dispose() {
      for (const resident of present) putOut(resident)
      await Promise.all(leaving)
    },
  }
}
