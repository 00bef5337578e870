/** What is being worked on: requests, and what outlives them, such as late predictions and handlers of events. */
export interface WorkInHand {
  /** @param work may reject; whoever made it sees to that */
  keep(work: Promise<unknown>): void
  /** Resolves as soon as there is none. */
  idle(): Promise<void>
}

export function createWorkInHand(): WorkInHand {
  // A number, since what goes through a Set that lives long is kept by the tables it outgrew, until the next full collection.
  let count = 0
  let waiting: (() => void)[] = []

  function end(): void {
    count -= 1
    if (count > 0) return
    for (const resolve of waiting) resolve()
    waiting = []
  }

  return {
    keep(work) {
      count += 1
      void work.then(end, end)
    },
    idle: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}
