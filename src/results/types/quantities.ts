/** Numbers and stars. */

import { z } from 'zod'
import { defineSay, type SayContext } from './say-type.js'
import type { Problem } from './shape-type.js'

/** The value of a `<Number>`. */
export interface NumberValue {
  readonly number: number
}

/** The value of a `<Rating>`. */
export interface RatingValue {
  readonly rating: number
}

export const number = defineSay({
  kind: 'number',
  schema: z.number(),
  check: (content, context) => [
    ...beyond(content < limit(context, 'min', -Infinity), content, 'at least', context, 'min'),
    ...beyond(content > limit(context, 'max', Infinity), content, 'at most', context, 'max'),
  ],
})

export const rating = defineSay({
  kind: 'rating',
  schema: z.number(),
  check(content, context) {
    const most = limit(context, 'maxRating', 5)
    const warning = (message: string): Problem[] => [{ code: 'odd-rating', severity: 'warning', key: '', message }]
    if (content < 0)
      return [{ code: 'out-of-range', severity: 'error', key: '', message: `rating is ${content}, must be at least 0` }]
    if (content === 0) return warning('rating is 0: no star is lit; leave the result out')
    if (!Number.isInteger(content)) return warning(`rating is ${content}: Label Studio's server takes whole stars only`)
    if (content > most) return warning(`rating is ${content}, but ${context.control.path} has ${most} stars`)
    return []
  },
})

function limit({ control }: SayContext, attribute: string, fallback: number): number {
  const written = control.attributes[attribute]
  return written === undefined || Number.isNaN(Number(written)) ? fallback : Number(written)
}

function beyond(is: boolean, content: number, word: string, { control }: SayContext, attribute: string): Problem[] {
  if (!is) return []
  return [
    {
      code: 'out-of-range',
      severity: 'error',
      key: '',
      message: `number is ${content}, must be ${word} ${control.attributes[attribute]}`,
      hint: 'The editor refuses to submit it.',
    },
  ]
}
