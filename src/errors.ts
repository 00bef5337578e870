/** Errors of the library: a marker, a stable `code`, a one-line cause, where it is, and what to do about it. */

const marker: unique symbol = Symbol.for('prelabel.error')

/** What an error says besides its message. */
export interface ErrorDetails {
  /** Stable identifier, kebab-case; `docs/errors.md` has one entry for each. */
  readonly code: string
  /** What to do about it, one sentence. */
  readonly hint?: string
  /** Where: a file, a path like `View/RectangleLabels[box]/@toName` or `result[3].value.width`. */
  readonly path?: string
  /** HTTP status with which a backend answers when this error ends a request. */
  readonly status?: number
  readonly cause?: unknown
}

/**
 * Base of every error that the library throws on purpose. Two copies of the package recognise each other's errors:
 * test with {@link PrelabelError.isInstance}, not with `instanceof`.
 */
export class PrelabelError extends Error {
  readonly [marker] = true
  readonly code: string
  readonly hint: string | undefined
  readonly path: string | undefined
  readonly status: number | undefined

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.code = details.code
    this.hint = details.hint
    this.path = details.path
    this.status = details.status
  }

  /** True for errors of this library, whichever copy of the package made them. */
  static isInstance(value: unknown): value is PrelabelError {
    return value instanceof Error && marker in value
  }

  /** The public face of the error: no stack, no cause. */
  toJSON(): { code: string; message: string; path?: string; hint?: string } {
    return {
      code: this.code,
      message: this.message,
      ...(this.path === undefined ? {} : { path: this.path }),
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    }
  }
}
