/** Files of a cache that somebody reads. */
export interface FileLease {
  /** @param release gives up one file; called at once when the lease has been released */
  add(release: () => Promise<void>): Promise<void>
  /** The files are no longer read: from now on they may be removed. */
  release(): Promise<void>
}

/** Pass it to each `load` of a piece of work, and release it when that is done. */
export function createFileLease(): FileLease {
  let held: (() => Promise<void>)[] | undefined = []
  return {
    async add(release) {
      if (held === undefined) await release()
      else held.push(release)
    },
    async release() {
      const files = held ?? []
      held = undefined
      await Promise.all(files.map((release) => release()))
    },
  }
}
