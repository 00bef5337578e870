import { PrelabelError } from '../../errors.js'
import type { Span } from '../findings.js'
import { createDialogueIndex, createHtmlIndex, type TextRange } from '../text/index.js'
import { labelInput, labelValue, unknownSurface } from './region-input.js'
import type { Target } from './target.js'

/** Puts a stretch of text on a control; false when the control marks no text. */
export function renderSpan(span: Span, target: Target): boolean {
  switch (`${target.control.tag} on ${target.object.tag}`) {
    case 'Labels on Text':
      target.builder.span({ start: span.start, end: span.end, ...labelInput(target), ...target.options })
      return true
    case 'Labels on HyperText':
    case 'HyperTextLabels on HyperText':
      return markHtml(span, target)
    case 'ParagraphLabels on Paragraphs':
      return markDialogue(span, target)
    default:
      return false
  }
}

function markHtml({ start, end }: Span, target: Target): true {
  const { surface, object } = target
  if (!('html' in surface) || typeof surface.html !== 'string') {
    throw unknownSurface(`the HTML is not known for ${object.path}`)
  }
  const index = createHtmlIndex(surface.html, { inline: object.attributes.inline === 'true' })
  const range = index.spanToRange(start, end)
  if (range === undefined) throw emptySpan({ start, end })
  const text = index.sliceCodePoints(range.globalOffsets.start, range.globalOffsets.end)
  target.builder.result({ ...range, ...textValue(text, target), ...labelValue(target) }, target.options)
  return true
}

function markDialogue({ start, end, utterance }: Span, target: Target): true {
  const { surface, object } = target
  if (!('utterances' in surface) || !Array.isArray(surface.utterances)) {
    throw unknownSurface(`the utterances are not known for ${object.path}`)
  }
  const index = createDialogueIndex(surface.utterances)
  const inside = utterance === undefined ? { start: 0, end: index.text.length } : index.utterance(utterance)
  if (inside === undefined || inside.start + end > inside.end) throw outsideUtterance(utterance, { start, end })
  const range = index.spanToRange(inside.start + start, inside.start + end)
  if (range === undefined) throw emptySpan({ start, end })
  const text = index.text.slice(inside.start + start, inside.start + end)
  target.builder.result({ ...range, ...textValue(text, target), ...labelValue(target) }, target.options)
  return true
}

function textValue(text: string, { object }: Target): { readonly text?: string } {
  return object.attributes.saveTextResult === 'no' ? {} : { text }
}

function emptySpan({ start, end }: TextRange): PrelabelError {
  return new PrelabelError(`the span ${start}..${end} holds no character`, { code: 'empty-span' })
}

function outsideUtterance(utterance: number | undefined, { start, end }: TextRange): PrelabelError {
  return new PrelabelError(`the span ${start}..${end} is not inside the utterance ${utterance}`, {
    code: 'offset-out-of-range',
    hint: 'Offsets count UTF-16 units inside the utterance; leave `utterance` out to count over the whole dialogue.',
  })
}
