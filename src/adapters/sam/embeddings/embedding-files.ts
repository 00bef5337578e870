/** Embeddings in a folder with a cap on their total size, so that a restart does not forget them. */

import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PrelabelError } from '../../../errors.js'
import type { Embedding } from '../model/index.js'
import { readEmbedding, writeEmbedding } from './embedding-bytes.js'

export interface EmbeddingFiles {
  /** Undefined when it is not there, or cannot be read. */
  read(hash: string): Promise<Embedding | undefined>
  /** Never rejects: what cannot be written is made anew another time. */
  write(hash: string, embedding: Embedding): Promise<void>
}

export interface EmbeddingFilesOptions {
  readonly folder: string
  /** Most bytes of the folder. */
  readonly maxBytes: number
  /** Of the model: embeddings of another mean nothing to it. */
  readonly fingerprint: string
}

const EXTENSION = '.embedding'
/** Removal goes on to this share of the cap, so that it is not needed again at once. */
const KEPT_SHARE = 0.9
/** A file that is being written is renamed by then; older ones are what a crash left. */
const ABANDONED_MS = 3_600_000

/** @throws PrelabelError `sam-cache-folder` when it cannot be made */
export async function openEmbeddingFiles(options: EmbeddingFilesOptions): Promise<EmbeddingFiles> {
  const { folder, maxBytes, fingerprint } = options
  await makeFolder(folder)
  const fileOf = (hash: string) => {
    const name = createHash('sha256').update(`${fingerprint}\n${hash}`).digest('hex')
    return join(folder, `${name}${EXTENSION}`)
  }
  let cleaning: Promise<void> = Promise.resolve()

  async function write(hash: string, embedding: Embedding): Promise<void> {
    if (embedding.bytes > maxBytes) return
    const unfinished = join(folder, `${randomUUID()}.part`)
    try {
      await writeFile(unfinished, writeEmbedding(embedding), { mode: 0o600 })
      await rename(unfinished, fileOf(hash))
    } finally {
      await rm(unfinished, { force: true })
    }
    cleaning = cleaning.then(() => removeOldest(folder, maxBytes))
    await cleaning
  }

  return {
    async read(hash) {
      const file = fileOf(hash)
      const bytes = await readFile(file).catch(() => undefined)
      if (bytes === undefined) return undefined
      const embedding = readEmbedding(bytes)
      if (embedding === undefined) await rm(file, { force: true })
      else await utimes(file, new Date(), new Date()).catch(() => undefined)
      return embedding
    },
    async write(hash, embedding) {
      await write(hash, embedding).catch(() => undefined)
    },
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new PrelabelError(`The folder ${folder} for encoded pictures cannot be made`, {
      code: 'sam-cache-folder',
      path: 'sam.cache.folder',
      hint: 'Name a folder that this process may write to.',
      cause,
    })
  }
}

/** Those that were used longest ago go first, and before them what a crash left. */
async function removeOldest(folder: string, maxBytes: number): Promise<void> {
  const listed = await Promise.all((await readdir(folder)).map((name) => describe(join(folder, name))))
  const files = listed.flatMap((file) => file ?? []).sort((a, b) => a.usedAt - b.usedAt)
  let total = 0
  for (const { path, size, usedAt } of files) {
    if (path.endsWith(EXTENSION)) total += size
    else if (path.endsWith('.part') && Date.now() - usedAt > ABANDONED_MS) await rm(path, { force: true })
  }
  if (total <= maxBytes) return
  for (const { path, size } of files) {
    if (!path.endsWith(EXTENSION)) continue
    await rm(path, { force: true })
    total -= size
    if (total <= maxBytes * KEPT_SHARE) return
  }
}

async function describe(path: string) {
  const found = await stat(path).catch(() => undefined)
  return found === undefined ? undefined : { path, size: found.size, usedAt: found.mtimeMs }
}
