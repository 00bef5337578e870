import { z } from 'zod'

/** Routes that a backend answers, by name. */
export const ROUTE_NAMES = [
  'index',
  'health',
  'ready',
  'setup',
  'predict',
  'webhook',
  'train',
  'job_status',
  'versions',
  'validate',
  'delete',
  'duplicate_model',
  'metrics',
] as const

export type RouteName = (typeof ROUTE_NAMES)[number]

/**
 * - `required`: credentials must be there and be right
 * - `optional`: none are needed, wrong ones are refused
 * - `open`: not looked at
 */
export type AuthPolicy = 'required' | 'optional' | 'open'

const policy = z.enum(['required', 'optional', 'open'])
const secret = z.string().min(1)
/** Headers come without the spaces around them. */
const trimmed = secret.refine((text) => text.trim() === text, 'a header comes without spaces at its ends')

export const authSchema = z
  .strictObject({
    /** What Label Studio sends: user and password of the connected model. */
    basic: z
      .strictObject({ user: secret.regex(/^[^:]*$/, 'a user name cannot hold a colon'), password: secret })
      .optional(),
    /** Tokens taken as `Authorization: Bearer …`. */
    bearer: z.array(secret.regex(/^\S+$/, 'a token cannot hold a space')).min(1).optional(),
    /** A header with a secret value, as can be added to a webhook of Label Studio. */
    header: z.strictObject({ name: z.string().regex(/^[\w-]+$/), value: trimmed }).optional(),
    policy: z.partialRecord(z.enum(ROUTE_NAMES), policy).optional(),
  })
  .refine(({ basic, bearer, header }) => basic ?? bearer ?? header, 'give `basic`, `bearer` or `header`')

/** Who may ask. Any one of the given credentials opens a route. */
export interface AuthOptions {
  readonly basic?: { readonly user: string; readonly password: string }
  readonly bearer?: readonly string[]
  readonly header?: { readonly name: string; readonly value: string }
  /**
   * By route; the others keep their defaults. Label Studio sends webhooks without credentials and probes know none,
   * so `index`, `health`, `ready` and `webhook` are `optional`, all others `required`. A START_TRAINING webhook, which
   * Label Studio sends with credentials, is always treated as `train` is.
   */
  readonly policy?: Readonly<Partial<Record<RouteName, AuthPolicy>>>
}
