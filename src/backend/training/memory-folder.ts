import type { MemoryStore } from './project-memory.js'

/** Ids of projects that can be a file's name: Label Studio's are numbers. */
const FILE_NAME = /^[\w-]{1,100}$/

/**
 * A folder with a JSON file for each project, written whole or not at all. Node's file functions are loaded when they
 * are first needed.
 */
export function memoryFolder(folder: string): MemoryStore {
  const load = async () => {
    const [files, path] = await Promise.all([import('node:fs/promises'), import('node:path')])
    return { ...files, fileOf: (project: string) => path.join(folder, `project-${project}.json`) }
  }
  return {
    async read(project) {
      if (!FILE_NAME.test(project)) return undefined
      const { readFile, fileOf } = await load()
      const text = await readFile(fileOf(project), 'utf8').catch((error: unknown) => {
        if (isMissing(error)) return undefined
        throw error
      })
      return text === undefined ? undefined : parse(text)
    },
    async write(project, value) {
      if (!FILE_NAME.test(project)) return
      const { mkdir, writeFile, rename, fileOf } = await load()
      await mkdir(folder, { recursive: true })
      const unfinished = `${fileOf(project)}.${crypto.randomUUID()}`
      await writeFile(unfinished, JSON.stringify(value))
      await rename(unfinished, fileOf(project))
    },
    async remove(project) {
      if (!FILE_NAME.test(project)) return
      const { rm, fileOf } = await load()
      await rm(fileOf(project), { force: true })
    },
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** A file that is no JSON counts as absent. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
