/** The types that attributes of the labeling config have: text in the XML, values once read. */

import { z } from 'zod'

/** `true` or `false`: the editor knows no other spelling. */
export const flag = () => z.enum(['true', 'false']).transform((written) => written === 'true')

/** `flag` with the value that counts when the attribute is absent. */
export const flagOr = (fallback: boolean) => flag().default(fallback)

/** A decimal number. */
export const decimal = () =>
  z
    .string()
    .regex(/^\s*[-+]?(\d+(?:\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*$/, 'must be a number')
    .transform(Number)

/** A whole number from 0. */
export const count = () =>
  z
    .string()
    .regex(/^\s*\d+\s*$/, 'must be a whole number')
    .transform(Number)

/** Any text but the words `true` and `false`, which the editor turns into booleans and then refuses. */
export const text = () => z.string().refine((written) => written !== 'true' && written !== 'false', 'must be a text')

/** Any text: `value` alone is never turned into a boolean. */
export const value = () => z.string()

/** `$path` of a field of the task. */
export const field = () => z.string().regex(/^\$[\w[\].{}]+$/, 'must be a field of the task, like `$image`')
