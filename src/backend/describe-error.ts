import { PrelabelError } from '../errors.js'

/** An error as a field of a log entry: code, message, hint, and the messages of what caused it; never a stack. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const known = PrelabelError.isInstance(error) ? error.toJSON() : { name: error.name, message: error.message }
  return error.cause === undefined ? known : { ...known, cause: describeError(error.cause) }
}
