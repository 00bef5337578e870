import { z } from 'zod'
import { defineSay } from './say-type.js'

/** The value of a `<Pairwise>`. */
export interface PairwiseValue {
  readonly selected: 'left' | 'right'
}

/** Which of two objects is better: left is the first of `toName`. */
export const preference = defineSay({
  kind: 'preference',
  schema: z.enum(['left', 'right'], 'must be left or right'),
  check: () => [],
})
