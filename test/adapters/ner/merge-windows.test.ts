import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aggregate } from '../../../src/adapters/ner/aggregate.js'
import { readTags } from '../../../src/adapters/ner/label-scheme.js'
import { mergeWindows } from '../../../src/adapters/ner/merge-windows.js'
import type { Entity } from '../../../src/adapters/text/entity.js'
import { windowsOf } from '../../../src/adapters/text/windows.js'

const LABELS = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC']
const TAGS = readTags(LABELS, 'bio')
const WIDTH = 3

/** Entities and what lies between them, as class indices of tokens; each token is three characters wide. */
const sequence = (longest: number) =>
  fc
    .array(
      fc.oneof(
        fc.integer({ min: 1, max: 6 }).map((count) => new Array<number>(count).fill(0)),
        fc
          .tuple(fc.constantFrom(1, 3), fc.integer({ min: 1, max: longest }))
          .map(([begin, count]) => [begin, ...new Array<number>(count - 1).fill(begin + 1)]),
      ),
      { minLength: 1, maxLength: 30 },
    )
    .map((parts) => parts.flat())

function decode(classes: readonly number[], from: number, to: number): Entity[] {
  const tokens = classes.slice(from, to).map((best, index) => ({
    start: (from + index) * WIDTH,
    end: (from + index + 1) * WIDTH,
    scores: LABELS.map((_, label) => (label === best ? 1 : 0)),
    continuesWord: false,
  }))
  return aggregate(tokens, TAGS, 'simple')
}

function inWindows(classes: readonly number[], size: number, overlap: number): Entity[] {
  return mergeWindows(
    windowsOf(classes.length, size, overlap).map(({ from, to }) => ({
      entities: decode(classes, from, to),
      start: from * WIDTH,
      end: to * WIDTH,
    })),
  )
}

describe('windows', () => {
  test('cover all tokens, each sharing the overlap with the one before', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.integer({ min: 2, max: 60 }), fc.nat(59), (count, size, wanted) => {
        const overlap = Math.min(wanted, size - 1)
        const windows = windowsOf(count, size, overlap)
        expect(windows[0]?.from).toBe(0)
        expect(windows.at(-1)?.to).toBe(count)
        windows.slice(1).forEach(({ from, to }, index) => {
          expect(from).toBe((windows[index]?.to ?? 0) - overlap)
          expect(to).toBeGreaterThan(windows[index]?.to ?? 0)
        })
      }),
    )
  })
})

describe('merging', () => {
  test('finds what one window would, whatever the stride, for entities shorter than the overlap', () => {
    fc.assert(
      fc.property(
        sequence(7),
        fc.integer({ min: 9, max: 40 }),
        fc.integer({ min: 8, max: 38 }),
        (classes, size, wanted) => {
          const overlap = Math.min(wanted, size - 1)
          expect(inWindows(classes, size, overlap)).toEqual(decode(classes, 0, classes.length))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('puts an entity longer than every window together', () => {
    const classes = [0, 1, ...new Array<number>(40).fill(2), 0]
    expect(inWindows(classes, 12, 4)).toEqual(decode(classes, 0, classes.length))
  })

  test('neither loses nor doubles anything: found stretches never overlap, and every labelled token is in one', () => {
    fc.assert(
      fc.property(sequence(30), fc.integer({ min: 4, max: 20 }), fc.nat(18), (classes, size, wanted) => {
        const found = inWindows(classes, size, Math.min(wanted, size - 1))
        found.slice(1).forEach(({ start }, index) => {
          expect(start).toBeGreaterThanOrEqual(found[index]?.end ?? 0)
        })
        classes.forEach((best, token) => {
          const holder = found.find(({ start, end }) => start <= token * WIDTH && token * WIDTH < end)
          expect(holder !== undefined).toBe(best !== 0)
        })
      }),
      { numRuns: 300 },
    )
  })

  test('of two readings of one place the longer stays, of equals the surer', () => {
    const window = (entities: Entity[]) => ({ entities, start: 0, end: 100 })
    const short = { label: 'PER', score: 0.9, start: 10, end: 14 }
    const long = { label: 'LOC', score: 0.5, start: 10, end: 20 }
    const sure = { label: 'ORG', score: 0.6, start: 10, end: 20 }
    expect(mergeWindows([window([short]), window([long])])).toEqual([long])
    expect(mergeWindows([window([long]), window([sure])])).toEqual([sure])
  })
})
