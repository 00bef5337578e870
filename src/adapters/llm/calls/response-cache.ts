import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { parseOptions } from '../../../parse-options.js'
import { llmOptions } from '../options-owner.js'
import type { LlmReply } from '../provider.js'

/** Keeps replies, so that nothing is paid for twice. Write your own over any store: values are plain JSON. */
export interface ResponseCache {
  /** @param key 64 hex digits: a hash of provider, model, settings and the whole request */
  get(key: string): Promise<LlmReply | undefined>
  set(key: string, reply: LlmReply): Promise<void>
}

export interface MemoryCacheOptions {
  /** Replies that are kept; the ones used longest ago go first. @default 10000 */
  readonly maxEntries?: number
}

const optionsSchema = z.strictObject({ maxEntries: z.int().min(1).default(10_000) })

/**
 * A cache that lives as long as the process.
 *
 * @throws PrelabelError `invalid-llm-options`
 */
export function memoryCache(options: MemoryCacheOptions = {}): ResponseCache {
  const { maxEntries } = parseOptions(llmOptions('memoryCache'), optionsSchema, options)
  const replies = new LRUCache<string, LlmReply>({ max: maxEntries })
  return {
    get: async (key) => replies.get(key),
    async set(key, reply) {
      replies.set(key, reply)
    },
  }
}
