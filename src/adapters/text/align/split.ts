import { type AlignedText, type Segment, segment } from './aligned-text.js'
import type { SplitBehavior } from './tokenizer-spec.js'

/**
 * Cuts a text at the matches of a pattern; `behavior` says what becomes of the matches, as in huggingface/tokenizers.
 *
 * @param invert what matches is text, and what lies between is the separator
 */
export function split(text: AlignedText, pattern: RegExp, behavior: SplitBehavior, invert = false): AlignedText[] {
  const segments = segment(text, pattern).map((part) => ({ ...part, matched: part.matched !== invert }))
  switch (behavior) {
    case 'removed':
      return segments.filter(({ matched }) => !matched).map((part) => part.text)
    case 'isolated':
      return segments.map((part) => part.text)
    case 'contiguous':
      return joined(segments, (previous, next) => previous.matched === next.matched)
    case 'mergedwithprevious':
      return joined(segments, (previous, next) => next.matched && !previous.matched)
    case 'mergedwithnext':
      return joined(segments, (previous, next) => previous.matched && !next.matched)
  }
}

function joined(segments: readonly Segment[], joins: (previous: Segment, next: Segment) => boolean): AlignedText[] {
  const pieces: AlignedText[] = []
  segments.forEach((part, index) => {
    const previous = segments[index - 1]
    const open = pieces.pop()
    if (open === undefined) pieces.push(part.text)
    else if (previous !== undefined && joins(previous, part)) pieces.push([...open, ...part.text])
    else pieces.push(open, part.text)
  })
  return pieces
}
