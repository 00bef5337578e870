/**
 * A directory of fetched files with a cap on their total size. `content/` holds each file once, named by the SHA-256 of
 * its bytes; `keys/` says which file stands for what was asked for, and since when. Node only: imported when a file is to be kept.
 */

import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { writeHashed } from './write-hashed.js'

export interface StoredFile {
  readonly path: string
  /** SHA-256, hex. */
  readonly hash: string
  readonly size: number
  readonly contentType: string | undefined
}

/** A body to keep, and what is known of it. */
export interface Download {
  readonly body: AsyncIterable<Uint8Array>
  readonly contentType: string | undefined
  /** With the dot; decoders of sound and video look at it. */
  readonly extension: string
  /** Most bytes it may have. */
  readonly cap: number
  /** What it is, for the message when it has more. */
  readonly subject: string
}

export interface FileStore {
  /** The file kept under the key, unless it is too old. */
  find(key: string): Promise<StoredFile | undefined>
  /** Streams the body to disk. @throws PrelabelError `media-too-large` */
  put(key: string, download: Download): Promise<StoredFile>
  /** Removes the directory when it is a temporary one. */
  dispose(): Promise<void>
}

export interface FileStoreOptions {
  /** A temporary one of this process without it. */
  readonly directory?: string | undefined
  readonly maxBytes: number
  readonly maxAgeSeconds: number
}

/** A file handed out within this time may still be read by an adapter: it is not removed. */
const IN_USE_MS = 600_000
/** Removal goes on to this share of the cap, so that it is not needed again at once. */
const KEPT_SHARE = 0.9

const entrySchema = z.object({
  file: z.string().regex(/^[0-9a-f]{64}(\.\w{1,5})?$/),
  contentType: z.string().optional(),
})

export async function openFileStore({ directory, maxBytes, maxAgeSeconds }: FileStoreOptions): Promise<FileStore> {
  const folder = directory ?? (await mkdtemp(join(tmpdir(), 'prelabel-media-')))
  const content = join(folder, 'content')
  const keys = join(folder, 'keys')
  await mkdir(content, { recursive: true, mode: 0o700 })
  await mkdir(keys, { recursive: true, mode: 0o700 })
  let total = sum(await listFiles(content))

  /** The oldest files go until the rest is well under the cap, and with them the keys that are too old to be found. */
  async function removeOldest() {
    const isTooOld = (file: { readonly usedAt: number }) => Date.now() - file.usedAt > maxAgeSeconds * 1000
    await Promise.all((await listFiles(keys)).filter(isTooOld).map(({ path }) => rm(path, { force: true })))
    const files = (await listFiles(content)).sort((a, b) => a.usedAt - b.usedAt)
    total = sum(files)
    for (const { path, size, usedAt } of files) {
      if (total <= maxBytes * KEPT_SHARE || Date.now() - usedAt < IN_USE_MS) return
      await rm(path, { force: true })
      total -= size
    }
  }

  return {
    async find(key) {
      const entry = await readEntry(join(keys, keyName(key)), maxAgeSeconds)
      if (entry === undefined) return undefined
      const path = join(content, entry.file)
      const found = await stat(path).catch(() => undefined)
      if (found === undefined) return undefined
      await utimes(path, new Date(), new Date())
      return { path, hash: entry.file.slice(0, 64), size: found.size, contentType: entry.contentType }
    },
    async put(key, { body, contentType, extension, cap, subject }) {
      const partial = join(folder, `${randomUUID()}.part`)
      try {
        const { hash, size } = await writeHashed(partial, body, cap, subject)
        const path = join(content, hash + extension)
        await rename(partial, path)
        await writeFile(join(keys, keyName(key)), JSON.stringify({ file: hash + extension, contentType }), {
          mode: 0o600,
        })
        total += size
        if (total > maxBytes) await removeOldest()
        return { path, hash, size, contentType }
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

/** Nothing for a key that is not there, too old, or was cut off in the middle of writing. */
async function readEntry(path: string, maxAgeSeconds: number): Promise<z.infer<typeof entrySchema> | undefined> {
  try {
    if (Date.now() - (await stat(path)).mtimeMs > maxAgeSeconds * 1000) return undefined
    return entrySchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** Hashed, since what was asked for may be a presigned URL. */
function keyName(key: string): string {
  return `${createHash('sha256').update(key).digest('hex')}.json`
}

async function listFiles(folder: string) {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name)
      const found = await stat(path).catch(() => undefined)
      return found === undefined ? [] : [{ path, size: found.size, usedAt: found.mtimeMs }]
    }),
  )
  return files.flat()
}

function sum(files: readonly { readonly size: number }[]): number {
  return files.reduce((bytes, { size }) => bytes + size, 0)
}
