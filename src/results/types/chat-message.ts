import { z } from 'zod'
import { defineSay } from './say-type.js'

const message = z.object({ role: z.string(), content: z.string(), createdAt: z.number().exactOptional() })

/** A message of a `<Chat>` (Label Studio Enterprise, after its documentation); `createdAt` in milliseconds. */
export type ChatMessage = Readonly<z.infer<typeof message>>

/** The value of a chat message. */
export interface ChatMessageValue {
  readonly chatmessage: ChatMessage
}

export const chatMessage = defineSay<'message', ChatMessage>({ kind: 'message', schema: message, check: () => [] })
