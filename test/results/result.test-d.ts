import { expectTypeOf, it } from 'vitest'
import type { Prediction } from '../../src/results/index.js'

it('results are told apart by their type', () => {
  const prediction: Prediction = { result: [] }
  for (const result of prediction.result) {
    if (result.type === 'choices')
      expectTypeOf(result.value.choices).toEqualTypeOf<readonly (string | readonly string[])[]>()
    if (result.type === 'relation') expectTypeOf(result.from_id).toEqualTypeOf<string>()
    if (result.type === 'rectanglelabels') {
      expectTypeOf(result.value.x).toEqualTypeOf<number>()
      expectTypeOf(result.value.rectanglelabels).toEqualTypeOf<readonly string[] | undefined>()
    }
    // @ts-expect-error an unknown type has no known value
    if (result.type === 'magnify') result.value.choices
  }
})
