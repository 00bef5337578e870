/** Streams hashed on their way. Node only. */

import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tooLarge } from './collect-bytes.js'

/**
 * Writes the stream to a new file; nothing is left of it when that fails. Returns its SHA-256, hex.
 *
 * @throws PrelabelError `media-too-large` as soon as more than `cap` bytes came
 */
export async function writeHashed(path: string, body: AsyncIterable<Uint8Array>, cap: number, subject: string) {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  let isWhole = false
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > cap) throw tooLarge(subject, cap)
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    isWhole = true
  } finally {
    await file.close()
    if (!isWhole) await rm(path, { force: true })
  }
  return hash.digest('hex')
}

/** SHA-256 of a stream, hex. */
export async function hashStream(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of body) hash.update(chunk)
  return hash.digest('hex')
}
