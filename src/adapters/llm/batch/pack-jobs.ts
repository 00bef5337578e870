import type { LlmRequest } from '../provider.js'
import { base64Length } from '../providers/image-data.js'

/** A request and the key of its reply. */
export interface KeyedRequest {
  readonly id: string
  readonly request: LlmRequest
}

/** OpenAI takes 50,000 requests and 200 MB in a job, Anthropic 100,000 and 256 MB; less than that is in memory at a time. */
const MOST_REQUESTS = 10_000
const MOST_BYTES = 64 * 1024 ** 2

/** Requests in lists that providers take as one job. */
export async function* packJobs(requests: AsyncIterable<KeyedRequest>): AsyncGenerator<readonly KeyedRequest[]> {
  let job: KeyedRequest[] = []
  let bytes = 0
  for await (const keyed of requests) {
    const size = sizeOf(keyed.request)
    if (job.length > 0 && (job.length >= MOST_REQUESTS || bytes + size > MOST_BYTES)) {
      yield job
      job = []
      bytes = 0
    }
    job.push(keyed)
    bytes += size
  }
  if (job.length > 0) yield job
}

/** About the bytes that a request takes as JSON. */
function sizeOf({ system, schema, messages }: LlmRequest): number {
  const texts = [system, JSON.stringify(schema)]
  const parts = messages.flatMap((message) => message.parts)
  return [...texts.map((text) => Buffer.byteLength(text)), ...parts.map(partSize)].reduce((a, b) => a + b, 0)
}

function partSize(part: LlmRequest['messages'][number]['parts'][number]): number {
  return part.kind === 'text' ? Buffer.byteLength(part.text) : base64Length(part.image)
}
