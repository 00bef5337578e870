/** Checks a prediction as the editor will take it. */

import type { LabelingConfig } from '../../config/index.js'
import type { Issue } from '../../issues.js'
import { createSurfaces, type GivenSurfaces, type Surfaces } from '../surfaces.js'
import type { Task } from '../task.js'
import { checkItem, checkScore } from './check-item.js'
import { checkRegions } from './check-regions.js'
import { checkRelation } from './check-relation.js'
import { type CheckContext, type Item, readItem } from './item.js'
import { isRecord, newIssue } from './new-issue.js'
import { serverRefusals } from './server-refusals.js'

export interface ValidateOptions {
  /** The task that the prediction is for: its texts and the labels that it brings are then held against it. */
  readonly task?: Task | undefined
  /** Sizes and texts that the task itself does not hold, by object name. */
  readonly surfaces?: GivenSurfaces | undefined
  /**
   * Warn of what the editor takes but Label Studio's server refuses once its validation of predictions is switched on
   * (flag `fflag_feat_utc_210_prediction_validation_15082025`, off in 1.23.2).
   */
  readonly serverValidation?: boolean | undefined
}

/**
 * What is wrong with a prediction, with paths like `result[3].value.width`. An error where Label Studio refuses it,
 * drops it, does not draw it or does not let it be submitted; a warning where it shows something other than was meant.
 * None for a prediction that is right.
 *
 * @param prediction `{ model_version?, score?, result }`, as it stands in JSON
 */
export function validatePrediction(
  config: LabelingConfig,
  prediction: unknown,
  { task, surfaces, serverValidation }: ValidateOptions = {},
): readonly Issue[] {
  return checkPrediction(config, prediction, {
    task,
    surfaces: createSurfaces(task, surfaces),
    serverValidation: serverValidation === true,
  })
}

/** Options of a check whose surfaces are known already. */
export interface CheckOptions {
  readonly task: Task | undefined
  readonly surfaces: Surfaces
  readonly serverValidation: boolean
}

export function checkPrediction(
  config: LabelingConfig,
  prediction: unknown,
  { task, surfaces, serverValidation }: CheckOptions,
): readonly Issue[] {
  if (!isRecord(prediction)) return [newIssue('invalid-prediction', '', 'a prediction is an object with `result`')]
  const { result, score } = prediction
  if (!Array.isArray(result))
    return [
      newIssue('invalid-prediction', 'result', '`result` must be a list', {
        hint: 'Say "nothing found" with `result: []`.',
      }),
    ]
  return [
    ...checkEnvelope(prediction),
    ...checkScore(score, 'score'),
    ...checkResults(result, { config, surfaces, task }, serverValidation),
  ]
}

function checkEnvelope({ score, model_version: version }: Readonly<Record<string, unknown>>): Issue[] {
  const warning = (code: string, path: string, message: string) =>
    newIssue(code, path, message, { severity: 'warning' })
  return [
    ...(score === null ? [warning('null-score', 'score', 'score is null: leave it out when there is none')] : []),
    ...(version === undefined || version === null || typeof version === 'string'
      ? []
      : [warning('invalid-value', 'model_version', 'model_version should be a text')]),
  ]
}

function checkResults(results: readonly unknown[], context: CheckContext, serverValidation: boolean): Issue[] {
  const ids = results.some(isRelation) ? idsOf(results) : NO_IDS
  const items: Item[] = []
  const issues = results.flatMap((result, index) => {
    const path = `result[${index}]`
    if (isRelation(result)) return checkRelation(result, path, ids, context.config)
    const item = readItem(result, path, context)
    if (!('result' in item)) return [item]
    items.push(item)
    return checkItem(item, context)
  })
  return [...issues, ...checkRegions(items), ...(serverValidation ? serverRefusals(items) : [])]
}

const NO_IDS: ReadonlySet<unknown> = new Set()

/** What the ends of relations may name. */
function idsOf(results: readonly unknown[]): ReadonlySet<unknown> {
  const ids = new Set(results.flatMap((result) => (isRecord(result) && !isRelation(result) ? [result.id] : [])))
  ids.delete(undefined)
  return ids
}

function isRelation(result: unknown): result is Readonly<Record<string, unknown>> & { readonly type: 'relation' } {
  return isRecord(result) && result.type === 'relation'
}
