/** The kinds of Label Studio tokens, told apart by their form alone. */

import { z } from 'zod'
import { PrelabelError } from '../errors.js'

/**
 * `legacy`: 40 hexadecimal digits, sent as it is. `personal-access`: a JWT refresh token, exchanged for access tokens.
 * `access`: a JWT access token, valid for minutes, sent as it is.
 */
export type TokenKind = 'legacy' | 'personal-access' | 'access'

const payloadSchema = z.object({
  token_type: z.string().optional(),
  exp: z.number().optional(),
  iat: z.number().optional(),
})

/** What the payload of a JWT says; the signature is Label Studio's to check. */
export type TokenPayload = z.infer<typeof payloadSchema>

/** The payload of a JWT, or `undefined` when the text is none. */
export function readTokenPayload(token: string): TokenPayload | undefined {
  const parts = token.split('.')
  if (parts.length !== 3) return undefined
  try {
    const text = decodeBase64Url(parts[1] ?? '')
    return payloadSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

export function tokenKind(token: string): TokenKind {
  const payload = readTokenPayload(token)
  if (payload === undefined) return 'legacy'
  return payload.token_type === 'access' ? 'access' : 'personal-access'
}

/**
 * Holds that there is a token: an empty one is mostly a variable that is not set.
 *
 * @param path the option
 * @param code of the options it is one of
 */
export function checkToken(token: string, path: string, code: string): void {
  if (token !== '') return
  throw new PrelabelError(`${path}: the token is empty`, {
    code,
    path,
    hint: 'Label Studio has it under Account & Settings: Personal Access Token, or Legacy Token. Is LABEL_STUDIO_API_KEY set?',
  })
}

/** Names for messages. */
export const TOKEN_NAMES: Readonly<Record<TokenKind, string>> = {
  legacy: 'a legacy token',
  'personal-access': 'a personal access token',
  access: 'an access token',
}

/** Without Buffer, which edge runtimes lack. */
function decodeBase64Url(text: string): string {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)))
}
