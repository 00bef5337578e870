import { z } from 'zod'
import { PrelabelError } from './errors.js'

export interface OptionsOwner {
  /** Whose options they are: `createBackend`. */
  readonly name: string
  readonly code: string
  /** The page of the documentation that lists them: `docs/backend.md`. */
  readonly page: string
}

/** The error for options that do not fit their schema; it names the first one that is wrong. */
export function optionsError({ name, code, page }: OptionsOwner, { issues: [issue] }: z.ZodError): PrelabelError {
  const path = z.core.toDotPath(issue?.path ?? [])
  return new PrelabelError(`${name}: ${path === '' ? '' : `${path}: `}${issue?.message ?? 'not valid'}`, {
    code,
    ...(path === '' ? {} : { path }),
    hint:
      issue?.code === 'unrecognized_keys'
        ? `Look for a slip in its spelling: ${page} lists the options.`
        : `${page} says what the option takes.`,
  })
}
