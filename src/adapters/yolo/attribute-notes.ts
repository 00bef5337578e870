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
const FRAMES: Range = {
  holds: (number) => Number.isInteger(number) && number >= 0,
  words: 'a number of frames',
}
const OF_TRACKS = {
  model_conf: FRACTION,
  bytetrack_track_high_thresh: FRACTION,
  bytetrack_track_low_thresh: FRACTION,
  bytetrack_new_track_thresh: FRACTION,
  bytetrack_track_buffer: FRAMES,
  bytetrack_match_thresh: FRACTION,
}

/** Attributes of the Python backend that do not count here, and why. */
const UNREAD: Readonly<Record<string, string>> = {
  model_iou: 'give the option `iouThreshold`',
  model_tracker: 'ByteTrack follows',
  model_trainable: 'nothing is trained',
}

/** What asks for no more than is done. */
const AS_HERE = new Set(['bytetrack', 'bytetrack.yaml', 'false', ''])

const KNOWN = [
  'model_path',
  'model_score_threshold',
  'model_skip',
  'model_obb',
  'model_index',
  'model_add_bboxes',
  'model_point_threshold',
  'model_point_size',
  ...Object.keys(OF_TRACKS),
  'bytetrack_fuse_score',
  ...Object.keys(UNREAD),
  'model_classifier_epochs',
  'model_classifier_sequence_size',
  'model_classifier_hidden_size',
  'model_classifier_num_layers',
  'model_classifier_f1_threshold',
  'model_classifier_accuracy_threshold',
]

/**
 * Attributes of a control and its labels that cannot be meant as they are written, a line each.
 *
 * @param points how many a skeleton of the model has; undefined for models of other tasks
 */
export function attributeNotes(control: ControlTag, points: number | undefined): string[] {
  const ofPoints = points === undefined ? {} : { model_point_threshold: FRACTION, model_point_size: PIXELS }
  const ofTracks = control.tag === 'VideoRectangle' ? OF_TRACKS : {}
  const ofLabels = points === undefined ? SCORES : { ...SCORES, model_index: placeOf(points) }
  return [
    ...notesOn('', control.attributes, { ...SCORES, ...ofPoints, ...ofTracks }),
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
    const unread = ownValue(UNREAD, name)
    if (unread !== undefined && !AS_HERE.has(written)) return [`\`${name}\`${where} is not read: ${unread}`]
    const isOurs = name.startsWith('model_') || name.startsWith('bytetrack_')
    const meant = isOurs && !KNOWN.includes(name) ? nearestName(name, KNOWN) : undefined
    return meant === undefined ? [] : [`there is no attribute \`${name}\`${where}. Did you mean \`${meant}\`?`]
  })
}

function allOptions(options: readonly LabelOption[]): LabelOption[] {
  return options.flatMap((option) => [option, ...allOptions(option.children)])
}
