/** The types that attributes of the labeling config have: text in the XML, values here. */

import { z } from 'zod'

/** `true` or `false`; Label Studio's parser knows no other spelling. */
export const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false'])
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true')

/** A decimal number. */
export const decimal = () =>
  z
    .string()
    .regex(/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/, 'must be a number')
    .transform(Number)

/** A whole number from 0. */
export const count = () =>
  z
    .string()
    .regex(/^\s*\d+\s*$/, 'must be a whole number')
    .transform(Number)

/** One of a few words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) => z.enum(words)

/** Any text. */
export const text = () => z.string()
