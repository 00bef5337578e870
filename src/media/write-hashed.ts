/** Streams hashed on their way. Node only. */

import { createHash } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tooLarge } from './collect-bytes.js'

/** Does it, and tries again where the disk was full and there is room now. */
export type WithRoom = <T>(write: () => Promise<T>) => Promise<T>

/**
 * Writes the stream to a new file; nothing is left of it when that fails. Returns its SHA-256, hex.
 *
 * @throws PrelabelError `media-too-large` as soon as more than `cap` bytes came
 */
export async function writeHashed(
  path: string,
  body: AsyncIterable<Uint8Array>,
  cap: number,
  subject: string,
  withRoom: WithRoom,
): Promise<string> {
  const file = await withRoom(() => open(path, 'wx', 0o600))
  const hash = createHash('sha256')
  let size = 0
  let isWhole = false
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > cap) throw tooLarge(subject, cap)
      hash.update(chunk)
      await writeChunk(file, chunk, size - chunk.length, withRoom)
    }
    isWhole = true
  } finally {
    await file.close()
    if (!isWhole) await rm(path, { force: true })
  }
  return hash.digest('hex')
}

/** What was written before the disk was full stays written. */
async function writeChunk(file: FileHandle, chunk: Uint8Array, at: number, withRoom: WithRoom): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await withRoom(() => file.write(chunk, done, chunk.length - done, at + done))
    done += bytesWritten
  }
}

/** SHA-256 of a stream, hex. */
export async function hashStream(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of body) hash.update(chunk)
  return hash.digest('hex')
}
