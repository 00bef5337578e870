import { PrelabelError } from '../../errors.js'

/** @param milliseconds how long was waited */
export function inspectionSlow(milliseconds: number): PrelabelError {
  return new PrelabelError(`the models could not be inspected within ${milliseconds} ms`, {
    code: 'setup-slow',
    status: 503,
    hint: 'Inspection goes on: try again in a moment. An adapter should `inspect` without loading its model.',
  })
}
