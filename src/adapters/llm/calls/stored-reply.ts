import { z } from 'zod'
import type { LlmReply } from '../provider.js'

const count = z.number()
const stored = z.object({
  text: z.string(),
  usage: z.object({ input: count, output: count, cacheRead: count, cacheWrite: count }),
  tokens: z.array(z.object({ text: z.string(), logprob: z.number() })).exactOptional(),
})

/** A reply out of the JSON of a store; undefined when it is none. */
export function readStoredReply(text: string): LlmReply | undefined {
  try {
    return stored.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
