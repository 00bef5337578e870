/** Work that outlives the request it came with: loading of models, late predictions, handlers of events. */
export interface BackgroundWork {
  /** @param work must not reject */
  keep(work: Promise<void>): void
  /** Resolves when all of it has ended, or after `ms`. */
  settle(ms: number): Promise<void>
}

export function createBackgroundWork(): BackgroundWork {
  const works = new Set<Promise<void>>()
  return {
    keep(work) {
      works.add(work)
      void work.finally(() => works.delete(work))
    },
    async settle(ms) {
      let timer: ReturnType<typeof setTimeout> | undefined
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms)
      })
      await Promise.race([Promise.all(works), over])
      clearTimeout(timer)
    },
  }
}
