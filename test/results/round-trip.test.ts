import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDraft, readPrediction, validatePrediction } from '../../src/results/index.js'
import { config, sayings, surfaces, task } from './arbitrary-saying.js'

/** As JSON, the bytes of masks as one text; `number` puts something in place of each number. */
function plain(value: unknown, number: (value: number) => unknown = (value) => value): unknown {
  const json = JSON.stringify(value, (_, part) => (part instanceof Uint8Array ? part.join() : part)) ?? 'null'
  return JSON.parse(json, (_, part) => (typeof part === 'number' ? number(part) : part))
}

/** Numbers that went to percent and back differ in the last digits. */
const near = (value: number) => expect.closeTo(value, 9)

describe.each(Object.entries(sayings))('%s', (_, saying) => {
  it('is read as it was built, and nothing is wrong with it', () => {
    fc.assert(
      fc.property(saying, ({ build, expected }) => {
        const draft = createDraft(config, { task, surfaces, modelVersion: 'm' })
        const built = build(draft)
        const sent: unknown = JSON.parse(JSON.stringify(draft.finish()))
        expect(validatePrediction(config, sent, { task, surfaces })).toEqual([])
        const { regions, unread } = readPrediction(config, sent, { task, surfaces: { video: surfaces.video } })
        expect(unread).toEqual([])
        expect(plain(regions)).toMatchObject([plain({ id: built.id, ...expected }, near) ?? {}])
      }),
      { numRuns: 40 },
    )
  })
})
