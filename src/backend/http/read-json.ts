import { PrelabelError } from '../../errors.js'
import type { Incoming } from './exchange.js'
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
 * @throws PrelabelError `body-too-large` (413), `body-not-json` and `body-too-deep` (400), `body-encoded` (415),
 * `body-consumed` (500)
 */
export async function readJson(request: Incoming, { bodyBytes, bodyDepth }: BodyLimits): Promise<unknown> {
  const encoding = request.isDecoded === true ? undefined : request.header('content-encoding')
  if (encoding !== undefined && !PLAIN.has(encoding.trim().toLowerCase())) {
    throw new PrelabelError(`the body is encoded as ${JSON.stringify(encoding)}`, {
      code: 'body-encoded',
      status: 415,
      hint: 'Send plain JSON, as Label Studio does.',
    })
  }
  if (Number(request.header('content-length') ?? 0) > bodyBytes) throw bodyTooLarge(bodyBytes)
  const text = withoutMark(await request.readText(bodyBytes))
  checkDepth(text, bodyDepth)
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = text.trim() === '' ? 'is empty' : 'is not JSON'
    throw new PrelabelError(`the body ${reason}`, {
      code: 'body-not-json',
      status: 400,
      hint: 'Send JSON; if the body was whole when it was sent, look for what cut it short on its way.',
      cause,
    })
  }
}

const PLAIN: ReadonlySet<string> = new Set(['', 'identity'])

/** Some clients begin a text with a byte order mark, which JSON does not know. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** What ran before the backend read the body and left nothing of it. */
export function bodyConsumed(): PrelabelError {
  return new PrelabelError('the body of the request was read before it came to the backend', {
    code: 'body-consumed',
    status: 500,
    hint: 'Mount the backend before what reads bodies, or let that leave them in `request.body`, as express.json() does.',
  })
}

export function bodyTooLarge(limit: number): PrelabelError {
  return new PrelabelError(`the body is larger than ${limit} bytes`, {
    code: 'body-too-large',
    status: 413,
    hint: 'Select fewer tasks, or raise `limits.bodyBytes`.',
  })
}
