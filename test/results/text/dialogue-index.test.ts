import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDialogueIndex } from '../../../src/results/text/index.js'

describe('createDialogueIndex', () => {
  const index = createDialogueIndex([{ text: 'Hi' }, { text: '' }, { text: 'Anna' }])

  it('finds utterances and offsets in them', () => {
    expect(index.text).toBe('Hi\n\nAnna')
    expect(index.spanToRange(1, 6)).toEqual({ start: '0', end: '2', startOffset: 1, endOffset: 2 })
    expect(index.spanToRange(2, 8)).toEqual({ start: '2', end: '2', startOffset: 0, endOffset: 4 })
    expect(index.spanToRange(2, 4)).toBeUndefined()
    expect(index.utterance(2)).toEqual({ start: 4, end: 8 })
    expect(() => index.spanToRange(0, 9)).toThrow(expect.objectContaining({ code: 'offset-out-of-range' }))
  })

  it('knows no place outside the dialogue', () => {
    const range = { start: '0', end: '0', startOffset: 0, endOffset: 2 }
    expect(index.rangeToSpan(range)).toEqual({ start: 0, end: 2 })
    for (const wrong of [{ end: '3' }, { end: 'x' }, { endOffset: 3 }, { endOffset: 0 }, { start: '-1' }]) {
      expect(index.rangeToSpan({ ...range, ...wrong })).toBeUndefined()
    }
  })

  it('goes there and back, less line breaks at the ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '😀') }), { minLength: 1 }),
        fc.nat(),
        fc.nat(),
        (texts, a, b) => {
          const dialogue = createDialogueIndex(texts.map((text) => ({ text })))
          const length = dialogue.text.length + 1
          const [start, end] = [Math.min(a % length, b % length), Math.max(a % length, b % length)]
          const cut = dialogue.text.slice(start, end)
          const range = dialogue.spanToRange(start, end)
          const span = range && dialogue.rangeToSpan(range)
          expect(span ? dialogue.text.slice(span.start, span.end) : '').toBe(cut.replace(/^\n+|\n+$/g, ''))
        },
      ),
    )
  })
})
