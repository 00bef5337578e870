/** A prediction in the making. */

import type { LabelingConfig } from '../config/index.js'
import { hasErrors, IssuesError } from '../issues.js'
import type { BuiltResult, ControlBuilder } from './builder.js'
import { createControlBuilder } from './control-builder.js'
import { type DraftState, targetOf } from './draft-state.js'
import { predictionScore, type ScoreRule } from './prediction-score.js'
import { createIdMaker } from './region-id.js'
import type { Prediction } from './result.js'
import type { Surface } from './surface.js'
import { createSurfaces, type GivenSurfaces } from './surfaces.js'
import type { Task } from './task.js'
import { checkPrediction } from './validate/validate-prediction.js'

export interface DraftOptions {
  /** The task that the prediction is for. Texts that it holds, and labels that it brings, are then known. */
  readonly task?: Task
  /** What the objects show, by name: `{ photo: { width: 1920, height: 1080 } }`; a list for several pages. */
  readonly surfaces?: GivenSurfaces
  readonly modelVersion?: string
  /** How the prediction's score is made from those of its regions. @default 'mean' */
  readonly score?: ScoreRule
  /** Warn of what Label Studio's server refuses when its validation is switched on. */
  readonly serverValidation?: boolean
}

export interface PredictionDraft {
  /**
   * The builders of a control.
   *
   * @throws PrelabelError `unknown-control`
   */
  control(name: string): ControlBuilder
  /** Tells what an object shows, when the draft does not know: its size, its text. `page` is 0-based. */
  surface(objectName: string, surface: Surface, page?: number): void
  /** What was said so far. */
  readonly results: readonly BuiltResult[]
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
  const state: DraftState = {
    config,
    surfaces: createSurfaces(options.task, options.surfaces),
    ids: createIdMaker(),
    results: [],
    relations: [],
  }
  return {
    control: (name) => createControlBuilder(state, targetOf(state, name)),
    surface: (objectName, surface, page) => state.surfaces.set(objectName, surface, page),
    results: state.results,
    finish() {
      const prediction = predictionOf(state, options)
      const issues = checkPrediction(config, prediction, { ...options, surfaces: state.surfaces })
      if (hasErrors(issues))
        throw new IssuesError('the prediction is not right', issues, { code: 'invalid-prediction' })
      return prediction
    },
  }
}

function predictionOf({ results, relations }: DraftState, { modelVersion, score: rule }: DraftOptions): Prediction {
  const scores = results.flatMap(({ score }) => (typeof score === 'number' ? [score] : []))
  const score = predictionScore(scores, rule)
  return {
    ...(modelVersion === undefined ? {} : { model_version: modelVersion }),
    ...(score === undefined ? {} : { score }),
    result: [...results, ...relations],
  }
}
