import { PrelabelError } from '../errors.js'
import { redactText } from '../label-studio/redact.js'

/** An error as a field of a log entry: code, message, hint, and the messages of what caused it; never a stack, a token or the query of a URL. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: redactText(String(error)) }
  const known = PrelabelError.isInstance(error) ? error.toJSON() : { name: error.name }
  const described = { ...known, message: redactText(error.message) }
  return error.cause === undefined ? described : { ...described, cause: describeError(error.cause) }
}
