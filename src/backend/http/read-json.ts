import { PrelabelError } from '../../errors.js'
import { checkDepth } from './json-depth.js'

export interface BodyLimits {
  /** Most bytes of a request body. */
  readonly bodyBytes: number
  /** Deepest nesting of arrays and objects in it. */
  readonly bodyDepth: number
}

/**
 * The JSON body of a request.
 *
 * @throws PrelabelError `body-too-large` (413), `body-not-json` and `body-too-deep` (400), `body-encoded` (415)
 */
export async function readJson(request: Request, { bodyBytes, bodyDepth }: BodyLimits): Promise<unknown> {
  const encoding = request.headers.get('content-encoding')
  if (encoding !== null && encoding !== 'identity') {
    throw new PrelabelError(`the body is encoded as ${JSON.stringify(encoding)}`, {
      code: 'body-encoded',
      status: 415,
      hint: 'Send plain JSON, as Label Studio does.',
    })
  }
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytes) throw tooLarge(bodyBytes)
  const text = await readText(request, bodyBytes)
  checkDepth(text, bodyDepth)
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = text.trim() === '' ? 'is empty' : 'is not JSON'
    throw new PrelabelError(`the body ${reason}`, { code: 'body-not-json', status: 400, cause })
  }
}

async function readText(request: Request, limit: number): Promise<string> {
  if (request.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of chunksOf(request.body)) {
    bytes += chunk.byteLength
    if (bytes > limit) throw tooLarge(limit)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Reads by hand: not every runtime can iterate a stream. Leaving early cancels it. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  let ended = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      ended = done
      if (done) return
      yield value
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined)
  }
}

function tooLarge(limit: number): PrelabelError {
  return new PrelabelError(`the body is larger than ${limit} bytes`, {
    code: 'body-too-large',
    status: 413,
    hint: 'Select fewer tasks, or raise `limits.bodyBytes`.',
  })
}
