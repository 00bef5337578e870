import { z } from 'zod'
import { PrelabelError } from '../../../errors.js'
import { parseOptions } from '../../../parse-options.js'
import { llmOptions } from '../options-owner.js'
import type { ResponseCache } from './response-cache.js'
import { readStoredReply } from './stored-reply.js'

/** The part of a Redis client that is used: what `createClient()` of the package `redis` (4 or 5) gives fits as it is. */
export interface RedisClient {
  get(key: string): Promise<string | null>
  set(key: string, value: string, options: { readonly PX: number } | undefined): Promise<unknown>
}

export interface RedisCacheOptions {
  /** Connected, and closed, by you. */
  readonly client: RedisClient
  /** Before each key. @default 'prelabel:llm:' */
  readonly prefix?: string
  /** Seconds until a reply is forgotten. @default never */
  readonly ttl?: number
  /** Milliseconds for one answer of Redis; what takes longer counts as a failure. @default 1000 */
  readonly timeout?: number
}

const optionsSchema = z.strictObject({
  client: z.custom<RedisClient>(
    (value) => typeof value === 'object' && value !== null && 'get' in value && 'set' in value,
    'must be a Redis client with `get` and `set`',
  ),
  prefix: z.string().default('prelabel:llm:'),
  ttl: z.number().positive().optional(),
  timeout: z.number().positive().default(1000),
})

/**
 * A cache in Redis, shared by every process that uses the same prefix. While Redis fails or hangs, the adapter works
 * without a cache and says so in its log. The replies are in Redis in the clear.
 *
 * @example
 * llm({ provider, cache: redisCache({ client: await createClient({ url }).connect(), ttl: 30 * 86_400 }) })
 *
 * @throws PrelabelError `invalid-llm-options`
 */
export function redisCache(options: RedisCacheOptions): ResponseCache {
  const { client, prefix, ttl, timeout } = parseOptions(llmOptions('redisCache'), optionsSchema, options)
  const expiry = ttl === undefined ? undefined : { PX: Math.ceil(ttl * 1000) }
  return {
    async get(key) {
      const text = await within(timeout, client.get(prefix + key))
      return text === null ? undefined : readStoredReply(text)
    },
    async set(key, reply) {
      await within(timeout, client.set(prefix + key, JSON.stringify(reply), expiry))
    },
  }
}

/** A client that is not connected keeps commands until it is: the wait has to have an end. */
async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(milliseconds)), milliseconds)
  })
  try {
    return await Promise.race([answer, expired])
  } finally {
    clearTimeout(timer)
  }
}

function tooSlow(milliseconds: number): PrelabelError {
  return new PrelabelError(`Redis did not answer within ${milliseconds} ms`, {
    code: 'llm-cache',
    hint: 'See whether the client is connected.',
  })
}
