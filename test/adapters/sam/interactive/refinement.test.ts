import { expect, it } from 'vitest'
import { createRefinement } from '../../../../src/adapters/sam/interactive/refinement.js'

const lowRes = { width: 1, height: 1, data: Float32Array.of(1) }
const [a, b, c] = [1, 2, 3].map((x) => ({ x, y: x, positive: x !== 2 }))
const clicks = (...points: (typeof a)[]) => points.flatMap((point) => point ?? [])

it('goes on from the answer to fewer clicks while they are the beginning of the new ones', () => {
  const refinement = createRefinement()
  expect(refinement.before('car', clicks(a))).toBeUndefined()
  refinement.keep('car', clicks(a), lowRes)
  expect(refinement.before('car', clicks(a, b))).toBe(lowRes)
  expect(refinement.before('car', clicks(a, b, c))).toBe(lowRes)
  expect(refinement.before('bus', clicks(a, b))).toBeUndefined()
})

it('forgets it for other clicks, for fewer, and for the same once more', () => {
  for (const next of [clicks(b, a), clicks(b), clicks(a, c), clicks(a, b)]) {
    const refinement = createRefinement()
    refinement.keep('car', clicks(a, b), lowRes)
    expect(refinement.before('car', next)).toBeUndefined()
    expect(refinement.before('car', clicks(a, b, c))).toBeUndefined()
  }
})
