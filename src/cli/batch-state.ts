import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { BatchState } from '../adapters/adapter.js'
import { PrelabelError } from '../errors.js'

const written = z.record(z.string(), z.unknown())

/**
 * The states of a bulk run in one file, by adapter: written whole or not at all.
 *
 * @throws PrelabelError `invalid-batch-file` for a file that holds something else
 */
export async function openBatchFile(file: string): Promise<(adapter: string) => BatchState> {
  const states = new Map(Object.entries(await readStates(file)))

  async function save(): Promise<void> {
    const unfinished = `${file}.${process.pid}`
    await writeFile(unfinished, `${JSON.stringify(Object.fromEntries(states))}\n`)
    await rename(unfinished, file)
  }

  return (adapter) => ({
    read: () => states.get(adapter),
    async write(state) {
      states.set(adapter, state)
      await save()
    },
  })
}

async function readStates(file: string): Promise<z.infer<typeof written>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}'
    throw error
  })
  const read = written.safeParse(parse(text))
  if (read.success) return read.data
  throw new PrelabelError(`${file} is not the file of a bulk run`, {
    code: 'invalid-batch-file',
    path: file,
    hint: 'Name a new file, or the one of the run that is to go on.',
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
