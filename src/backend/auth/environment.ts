import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import type { AuthOptions } from './options.js'

const variable = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value))

const schema = z.object({ BASIC_AUTH_USER: variable, BASIC_AUTH_PASS: variable })

/**
 * Basic auth from BASIC_AUTH_USER and BASIC_AUTH_PASS, the variables of Label Studio's Python backends; undefined where
 * neither is set. Runtimes without `process` have none.
 *
 * @throws PrelabelError `backend-options` when one of them is missing, so that a slip opens no door
 */
export function authOfEnvironment(): AuthOptions | undefined {
  const { BASIC_AUTH_USER: user, BASIC_AUTH_PASS: password } = schema.parse(
    typeof process === 'undefined' ? {} : process.env,
  )
  if (user === undefined && password === undefined) return undefined
  if (user !== undefined && password !== undefined && !user.includes(':')) return { basic: { user, password } }
  const wrong = user?.includes(':') ? 'a user name cannot hold a colon' : 'both must be set, or neither'
  throw new PrelabelError(`BASIC_AUTH_USER and BASIC_AUTH_PASS: ${wrong}`, {
    code: 'backend-options',
    hint: 'Where `auth` is given to createBackend, these variables do not count.',
  })
}
