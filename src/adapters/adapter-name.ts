import { z } from 'zod'

/** The `name` option of an adapter: kebab-case, as `defineAdapter` wants it. */
export const adapterName = (fallback: string) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be kebab-case')
    .default(fallback)
