import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Stretch, stretchesOf } from '../../../src/adapters/gliner/stretches.js'

const owns = (stretch: Stretch, middle: number) => middle >= stretch.ownsFrom && middle < stretch.ownsTo

test('every span shorter than the overlap is whole in the one stretch that owns it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 150 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 60, max: 100 }),
      (tokens, widest, more, room) => {
        const words = tokens.map((length) => ({ ids: Array.from({ length }, () => 1) }))
        const stretches = stretchesOf(words, { words: 40, tokens: room, overlap: widest + 1 + (more % 2) })
        for (const { from, to } of stretches) {
          expect(to - from).toBeLessThanOrEqual(40)
          expect(tokens.slice(from, to).reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(room)
        }
        for (let first = 0; first < words.length; first++)
          for (let last = first; last < Math.min(first + widest, words.length); last++) {
            const owners = stretches.filter((stretch) => owns(stretch, (first + last + 1) / 2))
            expect(owners).toHaveLength(1)
            expect(owners[0]?.from).toBeLessThanOrEqual(first)
            expect(owners[0]?.to).toBeGreaterThan(last)
          }
      },
    ),
    { numRuns: 60 },
  )
})

test('a text that fits is one stretch, and none without words', () => {
  const words = Array.from({ length: 5 }, () => ({ ids: [1] }))
  const limits = { words: 8, tokens: 20, overlap: 3 }
  expect(stretchesOf(words, limits)).toEqual([{ from: 0, to: 5, ownsFrom: 0, ownsTo: Number.POSITIVE_INFINITY }])
  expect(stretchesOf([], limits)).toEqual([])
})
