/** A stream of bytes made whole, up to a cap; and bytes as a stream. */

import { PrelabelError } from '../errors.js'

/** @throws PrelabelError `media-too-large` as soon as the cap is passed; the rest is not read */
export async function collectBytes(body: AsyncIterable<Uint8Array>, cap: number, subject: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > cap) throw tooLarge(subject, cap)
    chunks.push(chunk)
  }
  const [only] = chunks
  if (chunks.length === 1 && only !== undefined) return only
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

export async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

export function tooLarge(subject: string, cap: number): PrelabelError {
  return new PrelabelError(`${subject} is larger than ${cap} bytes`, {
    code: 'media-too-large',
    hint: 'Raise the media option `limits` if files of this size are meant.',
  })
}
