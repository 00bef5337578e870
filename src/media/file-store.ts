/**
 * A directory of fetched files with a cap on their total size, which several processes may share. `content/` holds each
 * file once, named by the SHA-256 of its bytes; `keys/` says which file stands for what was asked for, and since when;
 * `held/` has what is in use. Node only: imported when a file is to be kept.
 */

import { createHash } from 'node:crypto'
import {
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, createFileHolds, type Hold } from './file-holds.js'
import { writeHashed } from './write-hashed.js'

/** A file that stays until it is released, whatever else is kept. */
export interface StoredFile extends Hold {
  /** SHA-256, hex. */
  readonly hash: string
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
  /** Gives up what is in use, and removes the directory when it is a temporary one. */
  dispose(): Promise<void>
}

export interface FileStoreOptions {
  /** A temporary one of this process without it. */
  readonly directory?: string | undefined
  readonly maxBytes: number
  readonly maxAgeSeconds: number
}

/** Removal goes on to this share of the cap, so that it is not needed again at once. */
const KEPT_SHARE = 0.9
/** After adding this share of the cap, it is looked at what other processes have added. */
const RECOUNTED_SHARE = 0.05

const entrySchema = z.object({
  file: z.string().regex(/^[0-9a-f]{64}(\.\w{1,5})?$/),
  contentType: z.string().optional(),
})

export async function openFileStore({ directory, maxBytes, maxAgeSeconds }: FileStoreOptions): Promise<FileStore> {
  const folder = directory ?? (await mkdtemp(join(tmpdir(), 'prelabel-media-')))
  const content = join(folder, 'content')
  const keys = join(folder, 'keys')
  const held = join(folder, 'held')
  for (const one of [content, keys, held]) await mkdir(one, { recursive: true, mode: 0o700 })
  const holds = createFileHolds(held)
  await holds.removeAbandoned()
  let total = sum(await listFiles(content))
  let added = 0
  let trimming: Promise<void> = Promise.resolve()

  /** One after the other: each sees what the one before it has removed. */
  function trim(): Promise<void> {
    trimming = trimming
      .catch(() => undefined)
      .then(async () => {
        if (total > maxBytes || added > maxBytes * RECOUNTED_SHARE) await removeOldest()
      })
    return trimming
  }

  /**
   * The files used longest ago go until the rest is well under the cap, but none that is in use: that has another name.
   * With them go the keys that are too old to be found.
   */
  async function removeOldest(): Promise<void> {
    await holds.removeAbandoned()
    const isTooOld = (file: { readonly usedAt: number }) => Date.now() - file.usedAt > maxAgeSeconds * 1000
    await Promise.all((await listFiles(keys)).filter(isTooOld).map(({ path }) => rm(path, { force: true })))
    const files = (await listFiles(content)).sort((a, b) => a.usedAt - b.usedAt)
    added = 0
    total = sum(files)
    if (total <= maxBytes) return
    for (const { path, size, names } of files) {
      if (total <= maxBytes * KEPT_SHARE) return
      if (names > 1) continue
      await rm(path, { force: true })
      total -= size
    }
  }

  /** Puts a file among the content; the same may be there already. */
  async function publish(path: string, name: string, size: number): Promise<void> {
    try {
      await link(path, join(content, name))
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return utimes(join(content, name), new Date(), new Date())
      const copy = await holds.newPath('.copy')
      await copyFile(path, copy)
      await rename(copy, join(content, name))
    }
    total += size
    added += size
  }

  function stored(hold: Hold, name: string, contentType: string | undefined): StoredFile {
    const release = async () => {
      await hold.release()
      await trim()
    }
    return { path: hold.path, hash: name.slice(0, 64), contentType, release }
  }

  return {
    async find(key) {
      const entry = await readEntry(join(keys, keyName(key)), maxAgeSeconds)
      if (entry === undefined) return undefined
      const path = join(content, entry.file)
      const hold = await holds.hold(entry.file, path)
      if (hold === undefined) return undefined
      await utimes(path, new Date(), new Date()).catch(() => undefined)
      return stored(hold, entry.file, entry.contentType)
    },
    async put(key, { body, contentType, extension, cap, subject }) {
      const path = await holds.newPath(extension)
      const { hash, size } = await writeHashed(path, body, cap, subject)
      const name = hash + extension
      const hold = await holds.adopt(name, path)
      try {
        await publish(hold.path, name, size)
        await writeFile(join(keys, keyName(key)), JSON.stringify({ file: name, contentType }), { mode: 0o600 })
        await trim()
        return stored(hold, name, contentType)
      } catch (error) {
        await hold.release()
        throw error
      }
    },
    async dispose() {
      await trimming.catch(() => undefined)
      await holds.dispose()
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
      return found === undefined ? [] : [{ path, size: found.size, usedAt: found.mtimeMs, names: found.nlink }]
    }),
  )
  return files.flat()
}

function sum(files: readonly { readonly size: number }[]): number {
  return files.reduce((bytes, { size }) => bytes + size, 0)
}
