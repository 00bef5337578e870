import { PrelabelError } from '../../errors.js'
import type { BuiltResult } from '../builder.js'
import type { Span } from '../findings.js'
import { createDialogueIndex } from '../text/index.js'
import { utterancesOf } from './surface-of.js'
import type { Target } from './target.js'

/** The region of a stretch of text, on a control that marks text. */
export function renderSpan(span: Span, target: Target): BuiltResult {
  const { control, builder, label, options } = target
  const { start, end } = span
  if (start >= end) throw emptySpan(span)
  return control.tag === 'ParagraphLabels'
    ? builder.paragraphSpan({ ...spanInDialogue(span, utterancesOf(target)), ...label, ...options })
    : builder.span({ start, end, ...label, ...options })
}

/**
 * The span by utterances; without `utterance` its offsets count over the whole dialogue.
 *
 * @throws PrelabelError `offset-out-of-range`, `empty-span`
 */
export function spanInDialogue({ start, end, utterance }: Span, utterances: readonly { readonly text: string }[]) {
  const index = createDialogueIndex(utterances)
  const whole = utterance === undefined ? { start: 0, end: index.text.length } : index.utterance(utterance)
  if (whole === undefined || start < 0 || whole.start + end > whole.end) {
    throw new PrelabelError(
      `the span ${start}..${end} is not inside ${utterance === undefined ? 'the dialogue' : `utterance ${utterance}`}`,
      {
        code: 'offset-out-of-range',
        hint: 'Offsets count UTF-16 units of the utterance; without `utterance`, of the whole dialogue with one line break between each two.',
      },
    )
  }
  const range = index.spanToRange(whole.start + start, whole.start + end)
  if (range === undefined)
    throw new PrelabelError(`the span ${start}..${end} holds no character`, { code: 'empty-span' })
  return {
    utterance: Number(range.start),
    start: range.startOffset,
    endUtterance: Number(range.end),
    end: range.endOffset,
  }
}

function emptySpan({ start, end }: Pick<Span, 'start' | 'end'>): PrelabelError {
  return new PrelabelError(`the span ${start}..${end} holds no character`, { code: 'empty-span' })
}
