import { LRUCache } from 'lru-cache'
import type { LlmReply } from '../provider.js'

/** Keeps replies, so that nothing is paid for twice. Write your own over any store: values are plain JSON. */
export interface ResponseCache {
  /** @param key 64 hex digits: a hash of provider, model, settings and the whole request */
  get(key: string): Promise<LlmReply | undefined>
  set(key: string, reply: LlmReply): Promise<void>
}

/** A cache that lives as long as the process. */
export function memoryCache({ maxEntries = 10_000 }: { readonly maxEntries?: number } = {}): ResponseCache {
  const replies = new LRUCache<string, LlmReply>({ max: maxEntries })
  return {
    get: async (key) => replies.get(key),
    async set(key, reply) {
      replies.set(key, reply)
    },
  }
}
