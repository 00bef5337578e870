import type { Adapter, Item, Logger } from '../../adapters/adapter.js'
import { createCancellation } from '../../cancellation.js'
import { describeError } from '../describe-error.js'
import { unlessAborted } from './unless-aborted.js'

/** Work that is done ahead of what annotators draw. */
export interface Preparation {
  /**
   * @param items loads what is to be prepared
   * @param opened whether somebody has just opened the task
   * @returns when it is done, or has failed
   */
  start(items: (signal: AbortSignal) => Promise<readonly Item[]>, opened: boolean): Promise<void>
  /** Aborts what is in hand, and resolves when it has ended. */
  dispose(): Promise<void>
}

/** Prepares in the background. What goes wrong is logged and nothing else: it will be done when it is needed. */
export function createPreparation(adapter: Adapter, load: () => Promise<unknown>, logger: Logger): Preparation {
  const cancellation = createCancellation()
  const running = new Set<Promise<void>>()

  async function prepare(loadItems: (signal: AbortSignal) => Promise<readonly Item[]>, opened: boolean): Promise<void> {
    try {
      const signal = cancellation.toSignal()
      const [model, items] = await Promise.all([unlessAborted(signal, load()), loadItems(signal)])
      if (items.length > 0 && !signal.aborted) await adapter.prepare?.(items, { model, signal, logger, opened })
    } catch (error) {
      if (!cancellation.aborted) logger.debug({ adapter: adapter.name, err: describeError(error) }, 'not prepared')
    }
  }

  return {
    async start(items, opened) {
      if (adapter.prepare === undefined || cancellation.aborted) return
      const work = prepare(items, opened).finally(() => running.delete(work))
      running.add(work)
      await work
    },
    async dispose() {
      cancellation.abort()
      await Promise.all(running)
    },
  }
}
