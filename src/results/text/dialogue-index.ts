/** Places in a dialogue, as `<Paragraphs>` counts them: by utterance, in UTF-16 units. */

import { PrelabelError } from '../../errors.js'
import type { TextRange } from './text-index.js'

/** The geometry of a `paragraphlabels` value. */
export interface DialogueRange {
  /** 0-based index of the utterance, as text: the editor draws nothing for a number. */
  readonly start: string
  readonly end: string
  /** UTF-16 units into the utterance `start`. */
  readonly startOffset: number
  /** UTF-16 units into the utterance `end`, exclusive. */
  readonly endOffset: number
}

export interface DialogueIndex {
  /** The utterances, with a line break between each two. */
  readonly text: string
  /**
   * Offsets in `text` (UTF-16 units, end exclusive) → utterances. Line breaks between utterances at either end are left
   * out; undefined when no character is left.
   *
   * @throws PrelabelError `offset-out-of-range`
   */
  spanToRange(start: number, end: number): DialogueRange | undefined
  /** Offsets in `text`, from utterances and offsets in them. Undefined when the dialogue has no such place. */
  rangeToSpan(range: DialogueRange): TextRange | undefined
  /** Where an utterance stands in `text`; undefined when there is none of that index. */
  utterance(index: number): TextRange | undefined
}

/** Indexes a dialogue for spans that may reach over several utterances. */
export function createDialogueIndex(utterances: readonly { readonly text: string }[]): DialogueIndex {
  const text = utterances.map((utterance) => utterance.text).join('\n')
  const places: TextRange[] = []
  let length = 0
  for (const utterance of utterances) {
    places.push({ start: length, end: length + utterance.text.length })
    length += utterance.text.length + 1
  }
  const offsetAt = (index: string, offset: number): number | undefined => {
    const place = /^\d+$/.test(index) ? places[Number(index)] : undefined
    if (place === undefined || !(offset >= 0 && offset <= place.end - place.start)) return undefined
    return place.start + offset
  }

  return {
    text,
    utterance: (index) => places[index],
    spanToRange(start, end) {
      for (const offset of [start, end]) checkOffset(offset, text.length)
      const first = places.findIndex((place) => place.end > Math.max(place.start, start))
      const last = places.findLastIndex((place) => place.start < Math.min(place.end, end))
      const [from, to] = [places[first], places[last]]
      if (from === undefined || to === undefined || first > last) return undefined
      const startOffset = Math.max(0, start - from.start)
      const endOffset = Math.min(end, to.end) - to.start
      if (first === last && startOffset >= endOffset) return undefined
      return { start: String(first), end: String(last), startOffset, endOffset }
    },
    rangeToSpan({ start, end, startOffset, endOffset }) {
      const from = offsetAt(start, startOffset)
      const to = offsetAt(end, endOffset)
      return from === undefined || to === undefined || from >= to ? undefined : { start: from, end: to }
    },
  }
}

function checkOffset(offset: number, length: number): void {
  if (Number.isInteger(offset) && offset >= 0 && offset <= length) return
  throw new PrelabelError(`offset ${offset} is not in the dialogue, which is ${length} long`, {
    code: 'offset-out-of-range',
    hint: 'Offsets count UTF-16 units of the utterances with one line break between each two.',
  })
}
