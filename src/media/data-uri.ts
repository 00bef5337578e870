/** Bytes of a `data:` URI. */

import { PrelabelError } from '../errors.js'

export interface InlineData {
  readonly bytes: Uint8Array
  readonly contentType: string
}

/** @throws PrelabelError `media-data-uri` */
export function readDataUri(withFragment: string): InlineData {
  const [uri = ''] = withFragment.split('#', 1)
  const comma = uri.indexOf(',')
  if (comma < 0) throw malformed('there is no comma in it')
  const meta = uri.slice('data:'.length, comma)
  const isBase64 = /;\s*base64\s*$/i.test(meta)
  const payload = uri.slice(comma + 1)
  const contentType = meta.replace(/;\s*base64\s*$/i, '') || 'text/plain;charset=US-ASCII'
  return { bytes: isBase64 ? decodeBase64(payload) : decodePercent(payload), contentType }
}

function decodeBase64(payload: string): Uint8Array {
  const text = payload.includes('%') ? new TextDecoder().decode(decodePercent(payload)) : payload
  try {
    const binary = atob(text)
    const bytes = new Uint8Array(binary.length)
    for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
    return bytes
  } catch {
    throw malformed('its base64 is broken')
  }
}

/** Percent-decoding of bytes; a lone `%` stands for itself, as in browsers. */
function decodePercent(payload: string): Uint8Array {
  const encoded = new TextEncoder().encode(payload)
  const bytes = new Uint8Array(encoded.length)
  let length = 0
  for (let index = 0; index < encoded.length; index++) {
    const pair = encoded[index] === 0x25 ? String.fromCharCode(encoded[index + 1] ?? 0, encoded[index + 2] ?? 0) : ''
    const isPair = /^[0-9a-f]{2}$/i.test(pair)
    bytes[length++] = isPair ? Number.parseInt(pair, 16) : (encoded[index] ?? 0)
    if (isPair) index += 2
  }
  return bytes.slice(0, length)
}

function malformed(why: string): PrelabelError {
  return new PrelabelError(`a data URI cannot be read: ${why}`, {
    code: 'media-data-uri',
    hint: 'Correct it in the task: a data URI is such as data:image/png;base64,iVBORw0KGgo=.',
  })
}
