import type { Logger } from '../../adapter.js'
import type { UsageCounters } from '../bill/usage-counters.js'
import type { LlmReply } from '../provider.js'
import type { Clock } from './clock.js'
import type { ResponseCache } from './response-cache.js'

/** The replies that are known: what batches brought, and what the user's cache has. A cache that fails costs no task. */
export interface Replies {
  get(key: string, logger?: Logger): Promise<LlmReply | undefined>
  set(key: string, reply: LlmReply, logger?: Logger): Promise<void>
  /** Sets a reply that stays for the life of the adapter, whatever becomes of it in the cache. */
  keep(key: string, reply: LlmReply, logger?: Logger): Promise<void>
}

/** A cache that failed is left alone for so long, in milliseconds: nobody waits for its time-outs one by one. */
const PAUSE = 10_000

export function createReplies(cache: ResponseCache | undefined, clock: Clock, counters: UsageCounters): Replies {
  const kept = new Map<string, LlmReply>()
  let pausedUntil = 0

  async function careful<T>(ask: (cache: ResponseCache) => Promise<T>, logger?: Logger): Promise<T | undefined> {
    if (cache === undefined || clock.now() < pausedUntil) return undefined
    try {
      return await ask(cache)
    } catch (error) {
      counters.count('cacheErrors')
      pausedUntil = clock.now() + PAUSE
      const reason = error instanceof Error ? error.message : String(error)
      logger?.warn({ reason, pause: PAUSE }, 'the response cache failed; replies are paid for without it')
      return undefined
    }
  }

  const set: Replies['set'] = (key, reply, logger) => careful((store) => store.set(key, reply), logger)
  return {
    get: async (key, logger) => kept.get(key) ?? (await careful((store) => store.get(key), logger)),
    set,
    async keep(key, reply, logger) {
      kept.set(key, reply)
      await set(key, reply, logger)
    },
  }
}
