import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ResponseCache } from './response-cache.js'
import { readStoredReply } from './stored-reply.js'

/**
 * A cache in a folder, one file a reply, written whole or not at all: a run that crashed goes on where it stopped. The
 * replies are in it in the clear. A file that cannot be read counts as absent.
 */
export function fileCache(folder: string): ResponseCache {
  const fileOf = (key: string) => join(folder, key.slice(0, 2), `${key}.json`)
  return {
    async get(key) {
      const text = await readFile(fileOf(key), 'utf8').catch(() => '')
      return readStoredReply(text)
    },
    async set(key, value) {
      const file = fileOf(key)
      await mkdir(dirname(file), { recursive: true })
      const unfinished = `${file}.${randomUUID()}`
      await writeFile(unfinished, JSON.stringify(value))
      await rename(unfinished, file)
    },
  }
}
