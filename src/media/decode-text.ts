/** Bytes of a text file as a string. */

import { PrelabelError } from '../errors.js'

const BOMS = [
  { charset: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { charset: 'utf-16le', bytes: [0xff, 0xfe] },
  { charset: 'utf-16be', bytes: [0xfe, 0xff] },
]

/**
 * In the charset of the byte order mark, or else of the content type, or else UTF-8. The mark itself is no part of the
 * text; bytes that the charset does not have become U+FFFD, one by one as in browsers.
 *
 * @throws PrelabelError `media-charset` when the content type names a charset that is not known
 */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string {
  const marked = BOMS.find((bom) => bom.bytes.every((byte, index) => bytes[index] === byte))?.charset
  const named = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1]
  return decodeAs(marked ?? named ?? 'utf-8', bytes)
}

function decodeAs(charset: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    throw new PrelabelError(`the charset ${charset.slice(0, 40)} is not known`, {
      code: 'media-charset',
      hint: 'Serve the text as UTF-8, or with the right charset in its content type.',
    })
  }
}
