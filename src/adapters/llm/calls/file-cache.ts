import { z } from 'zod'
import type { ResponseCache } from './response-cache.js'

const count = z.number()
const reply = z.object({
  text: z.string(),
  usage: z.object({ input: count, output: count, cacheRead: count, cacheWrite: count }),
  tokens: z.array(z.object({ text: z.string(), logprob: z.number() })).exactOptional(),
})

/**
 * A cache in a folder, one file a reply, written whole or not at all: a run that crashed goes on where it stopped. The
 * replies are in it in the clear. A file that cannot be read counts as absent.
 */
export function fileCache(folder: string): ResponseCache {
  const pathOf = async (key: string) => {
    const { join } = await import('node:path')
    return { folder: join(folder, key.slice(0, 2)), file: join(folder, key.slice(0, 2), `${key}.json`) }
  }
  return {
    async get(key) {
      const { readFile } = await import('node:fs/promises')
      const { file } = await pathOf(key)
      const text = await readFile(file, 'utf8').catch(() => undefined)
      if (text === undefined) return undefined
      try {
        return reply.parse(JSON.parse(text))
      } catch {
        return undefined
      }
    },
    async set(key, value) {
      const { mkdir, rename, writeFile } = await import('node:fs/promises')
      const { folder: parent, file } = await pathOf(key)
      await mkdir(parent, { recursive: true })
      const unfinished = `${file}.${crypto.randomUUID()}`
      await writeFile(unfinished, JSON.stringify(value))
      await rename(unfinished, file)
    },
  }
}
