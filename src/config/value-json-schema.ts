/** What a control can say, as JSON Schema: for models that answer in structured output. */

import type { ControlTag } from './labeling-config.js'
import { readAttributes } from './tags/read-attributes.js'

export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * The JSON Schema of one answer of a control. It keeps to what structured output of language models takes: every
 * member is required, nothing else is allowed.
 *
 * Choices are a word or a list of words, a taxonomy a list of paths from the root, regions lists of objects with a `label`:
 * spans with `start`, `end` (UTF-16 units, end exclusive) and `text`; boxes with `x`, `y`, `width`, `height` in percent;
 * stretches of time with `start` and `end`.
 *
 * @returns undefined for controls that text cannot answer: `<Brush>` and its like, and tags that are not known
 */
export function valueJsonSchema(control: ControlTag): JsonSchema | undefined {
  switch (control.tag) {
    case 'Choices':
      return control.multiple ? list(label(control)) : label(control)
    case 'Taxonomy':
      return list(list(label(control)))
    case 'TextArea':
      return maxSubmissions(control) === 1 ? { type: 'string' } : list({ type: 'string' })
    case 'Number':
      return numberSchema(control)
    case 'Rating':
      return { type: 'integer', minimum: 0, maximum: readAttributes(control, 'Rating').maxRating }
    case 'DateTime':
      return { type: 'string', description: dateDescription(control) }
    case 'Pairwise':
      return { type: 'string', enum: ['left', 'right'] }
    case 'Ranker':
      return control.options.length === 0
        ? list({ type: 'string' })
        : record(Object.fromEntries(control.labels.map((bucket) => [bucket, list({ type: 'string' })])))
    default:
      return regionSchema(control)
  }
}

const number = { type: 'number' } as const
const index = { type: 'integer', minimum: 0 } as const
const percent = { type: 'number', minimum: 0, maximum: 100 } as const

/** Members of regions that can be put into words, by tag. */
const REGIONS: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  Labels: { start: index, end: index, text: { type: 'string' } },
  HyperTextLabels: { start: index, end: index, text: { type: 'string' } },
  ParagraphLabels: { utterance: index, start: index, end: index, text: { type: 'string' } },
  TimeSeriesLabels: { start: number, end: number },
  TimelineLabels: { start: index, end: index },
  RectangleLabels: { x: percent, y: percent, width: percent, height: percent },
  EllipseLabels: { x: percent, y: percent, radiusX: percent, radiusY: percent },
  KeyPointLabels: { x: percent, y: percent },
  PolygonLabels: { points: list(list(percent)) },
}

function regionSchema(control: ControlTag): JsonSchema | undefined {
  const members = REGIONS[control.tag]
  return members === undefined ? undefined : list(record({ label: label(control), ...members }))
}

function label({ labels, openVocabulary }: ControlTag): JsonSchema {
  return openVocabulary === true || labels.length === 0 ? { type: 'string' } : { type: 'string', enum: [...labels] }
}

function maxSubmissions(control: ControlTag): number | undefined {
  return readAttributes(control, 'TextArea').maxSubmissions
}

function numberSchema(control: ControlTag): JsonSchema {
  const { min, max } = readAttributes(control, 'Number')
  return {
    type: 'number',
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  }
}

function dateDescription(control: ControlTag): string {
  const { format, only } = readAttributes(control, 'DateTime')
  if (format !== undefined) return `A date in the strftime format ${format}`
  return only === undefined || only.includes('time')
    ? 'A date and time like 2026-11-21T08:30'
    : 'A date like 2026-11-21'
}

function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items }
}

function record(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}
