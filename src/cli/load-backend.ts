import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import type { Backend } from '../backend/index.js'
import { PrelabelError } from '../errors.js'

/** The backend that a file exports as its default; TypeScript files run as they are. */
export async function loadBackend(file: string): Promise<Backend> {
  const path = resolve(file)
  if (!existsSync(path)) throw new PrelabelError(`${file} does not exist`, { code: 'file-unreadable', path: file })
  const exported = await importDefault(path, file)
  if (!isBackend(exported)) {
    throw new PrelabelError(`${file} has no backend as its default export`, {
      code: 'not-a-backend',
      path: file,
      hint: 'Write `export default createBackend({ … })`.',
    })
  }
  return exported
}

async function importDefault(path: string, file: string): Promise<unknown> {
  try {
    const loaded = await createJiti(pathToFileURL(`${process.cwd()}/`).href).import<{ default?: unknown }>(path)
    return loaded.default
  } catch (cause) {
    if (PrelabelError.isInstance(cause)) throw cause
    const [reason] = String(cause instanceof Error ? cause.message : cause).split('\n', 1)
    throw new PrelabelError(`${file} could not be loaded: ${reason}`, {
      code: 'backend-file-broken',
      path: file,
      cause,
    })
  }
}

function isBackend(value: unknown): value is Backend {
  return typeof value === 'object' && value !== null && 'fetch' in value && 'listen' in value && 'predict' in value
}
