/** A directory of fetched files, named by the hash of their content. Node only: imported when a file is to be kept. */

import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tooLarge } from './collect-bytes.js'

export interface StoredFile {
  readonly path: string
  /** SHA-256, hex. */
  readonly hash: string
}

export interface FileStore {
  /** Streams `body` to a file; two bodies with the same bytes and extension become one file. */
  put(body: AsyncIterable<Uint8Array>, cap: number, subject: string, extension: string): Promise<StoredFile>
  /** Removes the directory when it is a temporary one. */
  dispose(): Promise<void>
}

/** @param directory where to keep files; a temporary one of the process without it */
export async function openFileStore(directory: string | undefined): Promise<FileStore> {
  if (directory !== undefined) await mkdir(directory, { recursive: true })
  const folder = directory ?? (await mkdtemp(join(tmpdir(), 'prelabel-media-')))
  return {
    async put(body, cap, subject, extension) {
      const partial = join(folder, `${randomUUID()}.part`)
      try {
        const hash = await writeHashed(partial, body, cap, subject)
        const path = join(folder, hash + extension)
        await rename(partial, path)
        return { path, hash }
      } catch (error) {
        await rm(partial, { force: true })
        throw error
      }
    },
    async dispose() {
      if (directory === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The hash of a file that stays where it is. */
export async function hashStream(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of body) hash.update(chunk)
  return hash.digest('hex')
}

async function writeHashed(path: string, body: AsyncIterable<Uint8Array>, cap: number, subject: string) {
  const file = await open(path, 'wx')
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > cap) throw tooLarge(subject, cap)
      hash.update(chunk)
      await file.write(chunk)
    }
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}
