import { PrelabelError } from '../../errors.js'
import { withTimeout } from '../adapters/with-timeout.js'

/**
 * Waits for what asks the facts of models.
 *
 * @throws PrelabelError `setup-slow` (503)
 */
export function inspectedWithin<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return withTimeout(milliseconds, work, () => {
    return new PrelabelError(`the models could not be inspected within ${milliseconds} ms`, {
      code: 'setup-slow',
      status: 503,
      hint: 'Inspection goes on: try again in a moment. An adapter should `inspect` without loading its model.',
    })
  })
}
