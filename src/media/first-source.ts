/** A field that may lie in several places, read from the first that has it. */

import { PrelabelError } from '../errors.js'
import type { Source } from './source.js'

/** After one of these the next place is tried. */
const NEXT_AFTER = new Set(['media-not-found', 'media-unauthorized', 'media-http-status'])

/**
 * Reads the first source that can be read.
 *
 * @throws PrelabelError what the first one failed with, and in its message what the others failed with
 */
export async function readFirst<T>(sources: readonly Source[], read: (source: Source) => Promise<T>): Promise<T> {
  const failures: PrelabelError[] = []
  for (const source of sources) {
    try {
      return await read(source)
    } catch (error) {
      if (!PrelabelError.isInstance(error) || !NEXT_AFTER.has(error.code)) throw error
      failures.push(error)
    }
  }
  throw joinFailures(failures)
}

function joinFailures(failures: readonly PrelabelError[]): PrelabelError {
  const [first, ...others] = failures
  const rest = others.map(({ message }) => `, and ${message}`).join('')
  return new PrelabelError(`${first?.message ?? 'there is nothing to open'}${rest}`, {
    code: first?.code ?? 'media-value',
    ...(first?.hint === undefined ? {} : { hint: first.hint }),
  })
}
