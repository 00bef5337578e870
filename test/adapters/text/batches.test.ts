import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchesByLength } from '../../../src/adapters/text/batches.js'

test('every sequence is in one batch, and no batch is too large', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 600 }))
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 512 }), { maxLength: 60 }),
      sizes,
      (lengths, [maxSize, maxTokens]) => {
        const batches = batchesByLength(lengths, maxSize, maxTokens)
        expect(batches.flat().sort((a, b) => a - b)).toEqual([...lengths.keys()])
        for (const batch of batches) {
          const longest = Math.max(...batch.map((index) => lengths[index] ?? 0))
          expect(batch.length).toBeLessThanOrEqual(maxSize)
          expect(batch.length === 1 || batch.length * longest <= maxTokens).toBe(true)
        }
      },
    ),
  )
})

test('sequences of like length come together', () => {
  expect(batchesByLength([10, 200, 12, 190], 2, 1000)).toEqual([
    [0, 2],
    [3, 1],
  ])
})
