import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDraft, readPrediction, validatePrediction } from '../../src/results/index.js'
import { config, sayings, surfaces, task } from './arbitrary-saying.js'

/** Numbers that went to percent and back differ in the last digits. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part) => {
      if (part instanceof Uint8Array) return Array.from(part)
      return typeof part === 'number' ? Number(part.toFixed(9)) + 0 : part
    }) ?? 'null',
  )
}

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
        expect(rounded(regions)).toMatchObject([rounded({ id: built.id, ...expected }) ?? {}])
      }),
      { numRuns: 40 },
    )
  })
})
