/** A stream of Anthropic's Messages, put together to the body that comes without streaming. */

import { z } from 'zod'
import type { StreamReader } from './read-stream.js'

const usage = z.record(z.string(), z.unknown())
const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message_start'), message: z.object({ usage }) }),
  z.object({ type: z.literal('content_block_delta'), delta: z.object({ text: z.string().optional() }) }),
  z.object({
    type: z.literal('message_delta'),
    delta: z.object({ stop_reason: z.string().nullish(), stop_details: z.unknown().optional() }),
    usage,
  }),
  z.object({ type: z.literal('message_stop') }),
])

export function messageStream(): StreamReader<object> {
  const message = { usage: {}, stop_reason: undefined as string | null | undefined, stop_details: undefined as unknown }
  let text = ''
  let stopped = false
  return {
    take(given) {
      const { data } = event.safeParse(given)
      switch (data?.type) {
        case 'message_start':
          message.usage = data.message.usage
          break
        case 'content_block_delta':
          text += data.delta.text ?? ''
          break
        case 'message_delta':
          message.stop_reason = data.delta.stop_reason
          message.stop_details = data.delta.stop_details
          message.usage = { ...message.usage, ...data.usage }
          break
        case 'message_stop':
          stopped = true
      }
    },
    body: () => (stopped ? { ...message, content: [{ type: 'text', text }] } : undefined),
  }
}
