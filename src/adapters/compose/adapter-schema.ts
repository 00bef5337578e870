import { z } from 'zod'
import type { Adapter } from '../adapter.js'

/** An adapter among options. */
export const adapterSchema = z.custom<Adapter>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'version' in value &&
    'fills' in value &&
    'predict' in value &&
    typeof value.predict === 'function',
  'must be an adapter',
)
