import type { ControlTag, LabelOption } from '../../config/index.js'
import { nearestName } from '../../nearest-name.js'
import { ownValue } from '../../own-value.js'

/** What an attribute may say: a test of the number written, and that in words. */
interface Range {
  readonly holds: (number: number) => boolean
  readonly words: string
}

const FRACTION: Range = { holds: (number) => number >= 0 && number <= 1, words: 'a number from 0 to 1' }
const PIXELS: Range = { holds: (number) => number > 0, words: 'a number of pixels above 0' }

const SCORES = { model_score_threshold: FRACTION, score_threshold: FRACTION }
const KNOWN = [
  'model_path',
  'model_score_threshold',
  'model_skip',
  'model_obb',
  'model_index',
  'model_add_bboxes',
  'model_point_threshold',
  'model_point_size',
]

/**
 * Attributes of a control and its labels that cannot be meant as they are written, a line each.
 *
 * @param points how many a skeleton of the model has; undefined for models of other tasks
 */
export function attributeNotes(control: ControlTag, points: number | undefined): string[] {
  const ofPoints = points === undefined ? {} : { model_point_threshold: FRACTION, model_point_size: PIXELS }
  const ofLabels = points === undefined ? SCORES : { ...SCORES, model_index: placeOf(points) }
  return [
    ...notesOn('', control.attributes, { ...SCORES, ...ofPoints }),
    ...allOptions(control.options).flatMap(({ label, attributes }) => notesOn(` of "${label}"`, attributes, ofLabels)),
  ]
}

function placeOf(points: number): Range {
  const holds = (number: number) => Number.isInteger(number) && number >= 0 && number < points
  return { holds, words: `a place in the skeleton, from 0 to ${points - 1}` }
}

function notesOn(
  where: string,
  attributes: Readonly<Record<string, string>>,
  ranges: Readonly<Record<string, Range>>,
): string[] {
  return Object.entries(attributes).flatMap(([name, written]) => {
    const range = ownValue(ranges, name)
    if (range !== undefined) {
      const fits = written.trim() === '' || range.holds(Number(written))
      return fits ? [] : [`\`${name}="${written}"\`${where} is not ${range.words}`]
    }
    const meant = name.startsWith('model_') && !KNOWN.includes(name) ? nearestName(name, KNOWN) : undefined
    return meant === undefined ? [] : [`there is no attribute \`${name}\`${where}. Did you mean \`${meant}\`?`]
  })
}

function allOptions(options: readonly LabelOption[]): LabelOption[] {
  return options.flatMap((option) => [option, ...allOptions(option.children)])
}
