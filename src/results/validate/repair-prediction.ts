/** Makes a prediction right by leaving out or bringing in what is wrong. */

import type { LabelingConfig } from '../../config/index.js'
import { hasErrors, type Issue, IssuesError } from '../../issues.js'
import { isResult, type Prediction } from '../result.js'
import { createSurfaces, type Surfaces } from '../surfaces.js'
import { readItem } from './item.js'
import { isRecord } from './new-issue.js'
import { type CheckOptions, checkPrediction, type ValidateOptions } from './validate-prediction.js'

/**
 * What becomes of a prediction with errors: an exception; the regions with errors are left out; shapes are brought
 * inside what they lie on, and regions that still have errors are left out; the whole prediction is set aside.
 */
export type InvalidMode = 'throw' | 'drop' | 'clamp' | 'quarantine'

export interface RepairOptions extends ValidateOptions {
  /** @default 'throw' */
  readonly invalid?: InvalidMode | undefined
}

export interface RepairedPrediction {
  /** Without errors; with an empty `result` when it was set aside. */
  readonly prediction: Prediction
  /** What was wrong with the prediction as given. Paths are those of the prediction as given. */
  readonly issues: readonly Issue[]
  /** Results that were left out, as given. */
  readonly dropped: readonly unknown[]
}

/**
 * A prediction without errors, and what had to be done for it.
 *
 * @throws IssuesError `invalid-prediction` in mode `throw`
 */
export function repairPrediction(
  config: LabelingConfig,
  prediction: unknown,
  { invalid = 'throw', task, surfaces: given, serverValidation = false }: RepairOptions = {},
): RepairedPrediction {
  return repair(config, prediction, invalid, { task, surfaces: createSurfaces(task, given), serverValidation })
}

export function repair(
  config: LabelingConfig,
  given: unknown,
  mode: InvalidMode,
  options: CheckOptions,
): RepairedPrediction {
  const issues = checkPrediction(config, given, options)
  const results = isRecord(given) && Array.isArray(given.result) ? given.result : []
  if (!hasErrors(issues) && mode !== 'clamp') return { prediction: withResults(given, results), issues, dropped: [] }
  if (mode === 'throw') throw new IssuesError('the prediction is not right', issues, { code: 'invalid-prediction' })
  if (mode === 'quarantine') return { prediction: withResults(given, []), issues, dropped: results }
  const inside = mode === 'clamp' ? bringInside(config, results, options.surfaces) : results
  const kept = withoutErrors(config, given, inside, options)
  const dropped = results.filter((_, index) => !kept.includes(inside[index]))
  return { prediction: withResults(given, kept), issues, dropped }
}

/** The envelope around results; a score that Label Studio would refuse is left out. */
function withResults(given: unknown, result: Prediction['result']): Prediction {
  if (!isRecord(given)) return { result }
  const { score, model_version: version } = given
  return {
    result,
    ...(typeof version === 'string' ? { model_version: version } : {}),
    ...(typeof score === 'number' && !Number.isNaN(score) ? { score } : {}),
  }
}

/** Results with their shapes inside what they lie on; undefined in the place of one that is wholly outside. */
function bringInside(config: LabelingConfig, results: readonly unknown[], surfaces: Surfaces): unknown[] {
  return results.map((result) => {
    const item = readItem(result, '', { config, surfaces })
    if (!('result' in item) || item.shape === undefined) return result
    const value = item.shape.bringInside(item.value, item.place)
    if (value === undefined) return undefined
    return value === item.value ? result : { ...item.result, value }
  })
}

/** Results without those of regions that have errors, and without what hangs on them. */
function withoutErrors(
  config: LabelingConfig,
  given: unknown,
  results: readonly unknown[],
  options: CheckOptions,
): Prediction['result'] {
  let kept: unknown[] = results.filter((result) => result !== undefined)
  for (;;) {
    const bad = resultsWithErrors(checkPrediction(config, { ...asRecord(given), result: kept }, options))
    if (bad.size === 0) return kept.filter(isResult)
    const ids = new Set(kept.flatMap((result, index) => (bad.has(index) && isRecord(result) ? [result.id] : [])))
    ids.delete(undefined)
    kept = kept.filter((result, index) => !bad.has(index) && !(isRecord(result) && ids.has(result.id)))
  }
}

function resultsWithErrors(issues: readonly Issue[]): Set<number> {
  const indexes = issues.flatMap(({ severity, path }) => {
    const index = severity === 'error' ? /^result\[(\d+)\]/.exec(path)?.[1] : undefined
    return index === undefined ? [] : [Number(index)]
  })
  return new Set(indexes)
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}
