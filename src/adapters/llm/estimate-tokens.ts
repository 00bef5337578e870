/** Token counts without a tokenizer. */

import type { LlmImage, LlmMessage, LlmRequest } from './provider.js'

/** Tokens that providers add around each message. */
const PER_MESSAGE = 8
/** Tokens of the text that providers add to a request that asks for structured output. */
const PER_REQUEST = 400
/** Pixels a token, of a picture: the rule that Anthropic states; OpenAI's tiles come to about the same. */
const PIXELS_PER_TOKEN = 750
/** Providers shrink pictures before they count; none of theirs comes to more. */
const MOST_PER_IMAGE = 5_000

/** A fair guess of the input tokens of a request: four bytes of UTF-8 a token, as is usual for prose. */
export function estimateTokens(request: LlmRequest): number {
  return count(
    request,
    (text) => Math.ceil(Buffer.byteLength(text) / 4),
    (image) => Math.min(MOST_PER_IMAGE, Math.ceil((image.width * image.height) / PIXELS_PER_TOKEN)),
  )
}

/** No request has more input tokens than this: no tokenizer in use needs more than one token for each byte of UTF-8. */
export function mostTokens(request: LlmRequest): number {
  return count(
    request,
    (text) => Buffer.byteLength(text),
    () => MOST_PER_IMAGE,
  )
}

function count(request: LlmRequest, ofText: (text: string) => number, ofImage: (image: LlmImage) => number): number {
  const ofMessage = ({ parts }: LlmMessage) =>
    parts.reduce((sum, part) => sum + (part.kind === 'text' ? ofText(part.text) : ofImage(part.image)), PER_MESSAGE)
  const schema = ofText(JSON.stringify(request.schema))
  return request.messages.reduce(
    (sum, message) => sum + ofMessage(message),
    ofText(request.system) + schema + PER_REQUEST,
  )
}
