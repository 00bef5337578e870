import { PrelabelError } from '../errors.js'

/** Causes of causes that are told. */
const DEEPEST = 5

/** What an error says of itself. */
export interface DescribedError {
  readonly name?: string
  readonly code?: string
  readonly message: string
  readonly path?: string
  readonly hint?: string
  readonly cause?: DescribedError
}

/** An error as a field of a log entry: code, message, hint, and the messages of what caused it; never a stack. Never throws. */
export function describeError(error: unknown): DescribedError {
  return describe(error, [])
}

function describe(error: unknown, effects: readonly unknown[]): DescribedError {
  if (!(error instanceof Error)) return { message: messageOf(error) }
  const described: DescribedError = { ...attempt(() => faceOf(error), undefined), message: messageOf(error) }
  const cause = attempt(() => error.cause, undefined)
  const chain = [...effects, error]
  if (cause === undefined || chain.length > DEEPEST || chain.includes(cause)) return described
  return { ...described, cause: describe(cause, chain) }
}

function faceOf(error: Error): Omit<DescribedError, 'cause'> {
  return PrelabelError.isInstance(error) ? error.toJSON() : { name: error.name, message: error.message }
}

/** The message of whatever was thrown. Never throws itself. */
export function messageOf(thrown: unknown): string {
  return attempt(() => String(thrown instanceof Error ? thrown.message : thrown), 'an error that cannot be read')
}

/** A getter of an error may throw. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}
