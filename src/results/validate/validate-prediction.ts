/** Checks a prediction as the editor will take it. */

import { type ControlTag, findControl, findObject, type LabelingConfig, type ObjectTag } from '../../config/index.js'
import type { Issue, Severity } from '../../issues.js'
import { createSurfaces, type GivenSurfaces, type Surfaces } from '../surfaces.js'
import type { Task } from '../task.js'
import { sayOf, shapeOf } from '../types/families.js'
import type { Place, Problem } from '../types/shape-type.js'

export interface ValidateOptions {
  /** The task that the prediction is for: its texts and its dynamic labels are then held against it. */
  readonly task?: Task
  /** Sizes and texts that the task itself does not hold, by object name. */
  readonly surfaces?: GivenSurfaces
  /**
   * Warn of what the editor takes but Label Studio's server refuses when its validation of predictions is switched on
   * (flag `fflag_feat_utc_210_prediction_validation_15082025`).
   */
  readonly serverValidation?: boolean
}

/**
 * What is wrong with a prediction, with paths like `result[3].value.width`. An error where Label Studio refuses,
 * drops or does not draw; a warning where it shows something other than was meant. None for a prediction that is right.
 *
 * @param prediction `{ model_version?, score?, result }`, as it stands in JSON
 */
export function validatePrediction(
  config: LabelingConfig,
  prediction: unknown,
  options: ValidateOptions = {},
): readonly Issue[] {
  return checkPrediction(config, prediction, { ...options, surfaces: createSurfaces(options.task, options.surfaces) })
}

/** Options whose surfaces are known already. */
export interface CheckOptions extends Omit<ValidateOptions, 'surfaces'> {
  readonly surfaces: Surfaces
}

export function checkPrediction(
  config: LabelingConfig,
  prediction: unknown,
  { task, surfaces }: CheckOptions,
): readonly Issue[] {
  if (!isRecord(prediction)) return [issue('invalid-prediction', '', 'a prediction is an object with `result`')]
  if (!Array.isArray(prediction.result))
    return [issue('invalid-prediction', 'result', '`result` must be a list', 'Say "nothing found" with `result: []`.')]
  return [
    ...checkScore(prediction.score, 'score'),
    ...prediction.result.flatMap((result, index) => checkResult(config, result, `result[${index}]`, surfaces, task)),
  ]
}

function checkResult(
  config: LabelingConfig,
  result: unknown,
  path: string,
  surfaces: Surfaces,
  task: Task | undefined,
): Issue[] {
  if (!isRecord(result)) return [issue('invalid-result', path, 'a result is an object')]
  if (result.type === 'relation') return []
  const { from_name: from, to_name: to } = result
  const control = typeof from === 'string' ? findControl(config, from) : undefined
  const object = typeof to === 'string' ? findObject(config, to) : undefined
  if (control === undefined)
    return [issue('unknown-control', `${path}.from_name`, `the config has no control ${JSON.stringify(from)}`)]
  if (object === undefined || typeof to !== 'string')
    return [issue('unknown-object', `${path}.to_name`, `the config has no object ${JSON.stringify(to)}`)]
  if (!isRecord(result.value)) return [issue('missing-value', `${path}.value`, 'value must be an object')]
  const place: Place = {
    control,
    object,
    size: surfaces.size(to, typeof result.item_index === 'number' ? result.item_index : 0),
    text: (utterance) => surfaces.text(to, object, utterance),
  }
  return [
    ...checkScore(result.score, `${path}.score`),
    ...checkValue(control, object, result.value, place, task).map((problem) => at(`${path}.value`, problem)),
  ]
}

function checkValue(
  control: ControlTag,
  object: ObjectTag,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  task: Task | undefined,
): Problem[] {
  const shape = shapeOf(control, object)?.inspect(value, place) ?? []
  const said = sayOf(control)?.inspect(value[control.valueKey], { control, task }) ?? []
  return [...shape, ...said.map((problem) => ({ ...problem, key: `${control.valueKey}${problem.key}` }))]
}

function checkScore(score: unknown, path: string): Issue[] {
  if (score === undefined || score === null) return []
  if (typeof score !== 'number') return [issue('invalid-score', path, 'score must be a number or null')]
  if (score >= 0 && score <= 1) return []
  return [issue('score-out-of-range', path, `score is ${score}, must be in 0..1`, undefined, 'warning')]
}

function at(path: string, { code, severity, key, message, hint }: Problem): Issue {
  const place = key === '' ? path : key.startsWith('[') ? `${path}${key}` : `${path}.${key}`
  return issue(code, place, message, hint, severity)
}

function issue(code: string, path: string, message: string, hint?: string, severity: Severity = 'error'): Issue {
  return { code, severity, message, path, ...(hint === undefined ? {} : { hint }) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
