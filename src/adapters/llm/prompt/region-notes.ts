/** What a model is told of a region besides what lies in it. */

import type { DialogueInput } from '../../../media/inputs.js'
import type { Span } from '../../../results/findings.js'
import { spanInDialogue } from '../../../results/render/render-span.js'
import type { Item, ItemRegion } from '../../adapter.js'
import type { TaskText } from './task-content.js'

/** For the system prompt: what the questions are about. */
export const REGION =
  'The questions are about one region of the data, which was marked and labelled before. What you are given is what lies ' +
  'in it, then its label, and for a text its surroundings, in which it stands between ⟦ and ⟧. Judge the region, in the ' +
  'light of its surroundings.'

/** Characters of the surroundings on each side. */
const AROUND = 600

/** The label of the region, and the text around its words; nothing where no region is asked about. */
export function regionNotes({ region }: Pick<Item, 'region'>): readonly TaskText[] {
  if (region === undefined) return []
  const text = surroundingsOf(region)
  const label = { name: 'label of the region', text: region.label }
  return text === undefined ? [label] : [label, { name: 'surroundings of the region', text }]
}

function surroundingsOf({ finding, whole }: ItemRegion): string | undefined {
  if (finding.kind !== 'span') return undefined
  const { before, words, after } = whole.kind === 'dialogue' ? turnsAround(finding, whole) : partsOf(finding, whole)
  if (before === '' && after === '') return undefined
  return `${lastOf(before)}⟦${words}⟧${firstOf(after)}`
}

interface Parts {
  readonly before: string
  readonly words: string
  readonly after: string
}

function partsOf({ start, end }: Span, whole: ItemRegion['whole']): Parts {
  const text = whole.kind === 'text' ? whole.text : ''
  return { before: text.slice(0, start), words: text.slice(start, end), after: text.slice(end) }
}

function turnsAround(span: Span, { utterances }: DialogueInput): Parts {
  const { utterance: first, start, endUtterance: last, end } = spanInDialogue(span, utterances)
  const lines = utterances.map(({ author, text }) => ({ lead: author === undefined ? '' : `${author}: `, text }))
  const all = lines.map(({ lead, text }) => lead + text).join('\n')
  const offsetOf = (index: number, offset: number) =>
    lines.slice(0, index).reduce((sum, { lead, text }) => sum + lead.length + text.length + 1, 0) +
    (lines[index]?.lead.length ?? 0) +
    offset
  const [from, to] = [offsetOf(first, start), offsetOf(last, end)]
  return { before: all.slice(0, from), words: all.slice(from, to), after: all.slice(to) }
}

/** The end of a text, from a word on where it has to be cut, or at least from a whole character on. */
function lastOf(text: string): string {
  return text.length <= AROUND ? text : `… ${text.slice(-AROUND).replace(/^(?:\S*\s|[\uDC00-\uDFFF])/, '')}`
}

function firstOf(text: string): string {
  return text.length <= AROUND ? text : `${text.slice(0, AROUND).replace(/(?:\s\S*|[\uD800-\uDBFF])$/, '')} …`
}
