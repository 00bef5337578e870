/** Things that arrive, for a test that waits for them. */
export function createInbox<T>() {
  const arrived: T[] = []
  const waiting = new Set<() => void>()
  return {
    put(item: T) {
      arrived.push(item)
      for (const check of waiting) check()
    },
    /** The first arrival that fits, now or later; it is taken out. */
    take(fits: (item: T) => boolean): Promise<T> {
      return new Promise((resolve) => {
        const check = () => {
          const index = arrived.findIndex(fits)
          const [item] = index < 0 ? [] : arrived.splice(index, 1)
          if (item === undefined) return
          waiting.delete(check)
          resolve(item)
        }
        waiting.add(check)
        check()
      })
    },
  }
}
