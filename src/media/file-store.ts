/**
 * A directory of fetched files with a cap on their total size, which several processes may share. `content/` holds each
 * file once, named by the SHA-256 of its bytes; `keys/` says which file stands for what was asked for, and since when;
 * `held/` has what is in use. Node only: imported when a file is to be kept.
 */

import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type FolderFile, listFiles, openCappedFolder } from './capped-folder.js'
import { createFileHolds, type Hold } from './file-holds.js'
import { isDiskFull } from './system-error.js'
import { type WithRoom, writeHashed } from './write-hashed.js'

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

const entrySchema = z.object({
  file: z.string().regex(/^[0-9a-f]{64}(\.\w{1,5})?$/),
  contentType: z.string().optional(),
})

export async function openFileStore({ directory, maxBytes, maxAgeSeconds }: FileStoreOptions): Promise<FileStore> {
  const folder = directory ?? (await mkdtemp(join(tmpdir(), 'prelabel-media-')))
  const content = join(folder, 'content')
  const keys = join(folder, 'keys')
  const held = join(folder, 'held')
  const makeFolders = async () => {
    for (const one of [content, keys, held]) await mkdir(one, { recursive: true, mode: 0o700 })
  }
  await makeFolders()
  const holds = createFileHolds(held)
  await holds.removeAbandoned()
  const files = await openCappedFolder(content, maxBytes)
  let isDisposed = false

  async function trim(): Promise<void> {
    if (!(await files.trim())) return
    const isTooOld = ({ usedAt }: FolderFile) => Date.now() - usedAt > maxAgeSeconds * 1000
    const oldKeys = (await listFiles(keys)).filter(isTooOld)
    await Promise.all([holds.removeAbandoned(), ...oldKeys.map(({ path }) => rm(path, { force: true }))])
  }

  const withRoom: WithRoom = async (write) => {
    for (;;) {
      try {
        return await write()
      } catch (error) {
        if (!isDiskFull(error) || !(await files.makeRoom())) throw error
      }
    }
  }

  function stored(hold: Hold, name: string, contentType: string | undefined): StoredFile {
    const release = async () => {
      await hold.release()
      // Whoever is done must not fail for what cannot be removed: the next file tries again, and tells.
      await trim().catch(() => undefined)
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
      if (isDisposed) throw new Error('the files have been given up')
      // A directory of temporary files may be cleaned up meanwhile.
      await makeFolders()
      const path = await holds.newPath(extension)
      const hash = await writeHashed(path, body, cap, subject, withRoom)
      const name = hash + extension
      const hold = await holds.adopt(name, path)
      const entry = JSON.stringify({ file: name, contentType })
      try {
        await withRoom(() => files.add(hold.path, name, () => holds.newPath('.copy')))
        await withRoom(() => writeFile(join(keys, keyName(key)), entry, { mode: 0o600 }))
        await trim()
      } catch (error) {
        // Where there was no room to say what it stands for, it can still be read.
        if (!isDiskFull(error)) {
          await hold.release()
          throw error
        }
      }
      return stored(hold, name, contentType)
    },
    async dispose() {
      isDisposed = true
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
