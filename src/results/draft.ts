/** A prediction in the making. */

import type { LabelingConfig } from '../config/index.js'
import type { Issue } from '../issues.js'
import type { BuiltResult, ControlBuilder } from './builder.js'
import { createControlBuilder } from './control-builder.js'
import { type DraftState, targetOf } from './draft-state.js'
import { predictionScore, type ScoreRule } from './prediction-score.js'
import { createIdMaker } from './region-id.js'
import type { Prediction, RelationResult } from './result.js'
import type { Surface } from './surface.js'
import { createSurfaces, type GivenSurfaces } from './surfaces.js'
import type { Task } from './task.js'
import { type InvalidMode, repair } from './validate/repair-prediction.js'

export interface DraftOptions {
  /** The task that the prediction is for. Texts that it holds, and labels that it brings, are then known. */
  readonly task?: Task | undefined
  /** What the objects show, by name: `{ photo: { width: 1920, height: 1080 } }`; a list for several pages. */
  readonly surfaces?: GivenSurfaces | undefined
  readonly modelVersion?: string | undefined
  /** How the prediction's score is made from those of its results. @default 'mean' */
  readonly score?: ScoreRule | undefined
  /** What `finish` does when something is wrong. @default 'throw' */
  readonly invalid?: InvalidMode | undefined
  /** Warn of what Label Studio's server refuses when its validation is switched on. @default false */
  readonly serverValidation?: boolean | undefined
}

/** What of a relation is not its ends. */
export interface RelationOptions {
  /** @default 'right' */
  readonly direction?: RelationResult['direction']
  /** Labels of `<Relations>`. */
  readonly labels?: readonly string[]
}

export interface PredictionDraft {
  /**
   * The builders of a control.
   *
   * @throws PrelabelError `unknown-control`
   */
  control(name: string): ControlBuilder
  /** The builders of a control that says something of a region: a label, a transcription, an answer. */
  attach(region: BuiltResult, name: string): ControlBuilder
  /** Relates two regions. */
  relate(from: BuiltResult, to: BuiltResult, options?: RelationOptions): void
  /** Tells what an object shows, when the draft does not know: its size, its text. `page` is 0-based. */
  surface(objectName: string, surface: Surface, page?: number): void
  /** What was said so far. */
  readonly results: readonly BuiltResult[]
  /** The prediction, checked, and what was wrong or odd with it. @throws IssuesError `invalid-prediction` */
  check(): { readonly prediction: Prediction; readonly issues: readonly Issue[] }
  /**
   * The prediction, checked.
   *
   * @throws IssuesError `invalid-prediction`, with paths like `result[3].value.width`
   */
  finish(): Prediction
}

/**
 * Starts a prediction for a config that is known only at run time; `defineConfig` gives the same with types.
 *
 * @example
 * const draft = createDraft(config, { task, surfaces: { photo: { width: 1920, height: 1080 } } })
 * draft.control('vehicle').rectangle({ label: 'Car', x: 12, y: 30, width: 200, height: 90, unit: 'pixel', score: 0.91 })
 * return draft.finish()
 */
export function createDraft(config: LabelingConfig, options: DraftOptions = {}): PredictionDraft {
  const { task, invalid = 'throw', serverValidation = false } = options
  const surfaces = createSurfaces(task, options.surfaces)
  const state: DraftState = { config, surfaces, ids: createIdMaker(), results: [], relations: [] }
  const check = () => {
    const given = predictionOf([...state.results, ...state.relations], options)
    const repaired = repair(config, given, invalid, { task, surfaces, serverValidation })
    const { prediction, dropped } = repaired
    return dropped.length === 0 ? repaired : { ...repaired, prediction: predictionOf(prediction.result, options) }
  }
  return {
    control: (name) => createControlBuilder(state, targetOf(state, name)),
    attach: (region, name) => createControlBuilder(state, targetOf(state, name, region)),
    relate: (from, to, { direction = 'right', labels = [] } = {}) => {
      state.relations.push({ type: 'relation', from_id: from.id, to_id: to.id, direction, labels })
    },
    surface: surfaces.set,
    results: state.results,
    check,
    finish: () => check().prediction,
  }
}

function predictionOf(result: Prediction['result'], { modelVersion, score: rule }: DraftOptions): Prediction {
  const scores = result.flatMap(({ score }) => (typeof score === 'number' ? [score] : []))
  const score = predictionScore(scores, rule)
  return {
    result,
    ...(modelVersion === undefined ? {} : { model_version: modelVersion }),
    ...(score === undefined ? {} : { score }),
  }
}
