import type { Cancellation } from '../cancellation.js'
import { accessWith } from '../label-studio/environment.js'
import { createLabelStudioClient, readLabelStudioEnvironment } from '../label-studio/index.js'
import type { LabelStudioAccess } from './options.js'
import type { OnLate } from './predict/finish-late.js'
import { importLate } from './predict/import-late.js'

/**
 * The Label Studio that was named, or else the one that the environment names, with its token where none was given;
 * runtimes without `process` have none.
 */
export function labelStudioAccess(given: LabelStudioAccess | undefined): LabelStudioAccess | undefined {
  return accessWith(given, readLabelStudioEnvironment(typeof process === 'undefined' ? {} : process.env))
}

/**
 * Imports late predictions where there is a token; without one they stay in the cache until they are asked for again.
 *
 * @param closing fires when the backend shuts down
 */
export function importingOnLate(access: LabelStudioAccess | undefined, closing: Cancellation): OnLate {
  const { url, token } = access ?? {}
  if (url === undefined || token === undefined) return () => undefined
  // Trying again is the import's own business, which knows what it may send twice.
  const { predictions } = createLabelStudioClient({ url, token, retries: 0 })
  return importLate({ predictions, closing })
}
