import { z } from 'zod'
import type { Logger } from '../../adapters/adapter.js'
import { PrelabelError } from '../../errors.js'
import { messageOf } from '../describe-error.js'
import type { MemoryStore, Remembered } from './project-memory.js'

/** A memory store that can be tried before it is needed. */
export interface MemoryFolder extends MemoryStore {
  /**
   * Makes the folder, where it is not there.
   *
   * @throws PrelabelError `state-folder` when this process can keep nothing in it
   */
  check(): Promise<void>
}

/** Ids of projects that can be a file's name: Label Studio's are numbers. */
const FILE_NAME = /^[\w-]{1,100}$/

const content = z.object({
  adapters: z.record(z.string(), z.unknown()),
  learntFrom: z.record(z.string(), z.unknown()).default({}),
})

/**
 * A folder with a JSON file for each project, written whole or not at all. One that cannot be understood is kept under
 * another name. Node's file functions are loaded when they are first needed. All methods throw PrelabelError `state-folder`.
 */
export function memoryFolder(folder: string, logger: Logger): MemoryFolder {
  return {
    check: () =>
      attempt(folder, async ({ mkdir, access, constants }) => {
        await mkdir(folder, { recursive: true })
        await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
      }),
    async read(project) {
      if (!FILE_NAME.test(project)) return undefined
      return attempt(folder, async ({ readFile, rename, fileOf }) => {
        const file = fileOf(project)
        const text = await readFile(file, 'utf8').catch((error: unknown) => {
          if (isMissing(error)) return undefined
          throw error
        })
        if (text === undefined) return undefined
        const remembered = parse(text)
        if (remembered === undefined) {
          const aside = `${file}.broken-${Date.now()}`
          await rename(file, aside)
          logger.warn(
            { project, file: aside },
            'what was remembered of a project cannot be read: put aside, it begins anew',
          )
        }
        return remembered
      })
    },
    async write(project, value) {
      if (!FILE_NAME.test(project)) return
      await attempt(folder, async ({ mkdir, writeFile, rename, fileOf }) => {
        await mkdir(folder, { recursive: true })
        const unfinished = `${fileOf(project)}.${crypto.randomUUID()}`
        await writeFile(unfinished, JSON.stringify(value))
        await rename(unfinished, fileOf(project))
      })
    },
    async remove(project) {
      if (!FILE_NAME.test(project)) return
      await attempt(folder, ({ rm, fileOf }) => rm(fileOf(project), { force: true }))
    },
  }
}

async function load(folder: string) {
  const [files, path] = await Promise.all([import('node:fs/promises'), import('node:path')])
  return { ...files, fileOf: (project: string) => path.join(folder, `project-${project}.json`) }
}

async function attempt<T>(folder: string, work: (files: Awaited<ReturnType<typeof load>>) => Promise<T>): Promise<T> {
  try {
    return await work(await load(folder))
  } catch (cause) {
    throw new PrelabelError(`nothing can be remembered in the folder ${folder}: ${messageOf(cause)}`, {
      code: 'state-folder',
      path: 'createBackend.stateFolder',
      hint: 'Name a folder that this process may read and write, or none: then what is learnt ends with the process.',
      cause,
    })
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function parse(text: string): Remembered | undefined {
  try {
    return content.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
