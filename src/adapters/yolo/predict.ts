import type { ImageInput } from '../../media/inputs.js'
import type { Finding } from '../../results/findings.js'
import type { Item, Outcome, PredictContext } from '../adapter.js'
import { controlThresholds } from '../detection/control-thresholds.js'
import { pictureError } from '../detection/picture-error.js'
import { assignFindings } from './assign-findings.js'
import { type Job, jobsByModel } from './jobs.js'
import { leftAlone } from './left-alone.js'
import type { YoloModel } from './model.js'
import type { ParsedYoloOptions } from './options.js'
import type { YoloModels } from './weights/models.js'

/** Runs each model once on the pictures that have controls of its own. */
export async function predictItems(
  items: readonly Item<ImageInput>[],
  options: ParsedYoloOptions,
  { model: models, signal, logger }: PredictContext<YoloModels>,
): Promise<Outcome[]> {
  const outcomes: (Finding[] | Error)[] = items.map(() => [])
  const { byModel, run, outcomeOf } = await jobsByModel(models, items, logger)
  for (const [model, jobs] of byModel) {
    for (const { which, found } of await run(model, signal, runJobs(model, jobs, options, signal))) {
      const before = outcomes[which] ?? []
      if (before instanceof Error) continue
      outcomes[which] = found instanceof Error ? found : [...before, ...found]
    }
  }
  return outcomes.map((outcome, which) => (outcome instanceof Error ? outcome : outcomeOf(which, outcome)))
}

async function runJobs(
  model: YoloModel,
  jobs: readonly Job<ImageInput>[],
  options: ParsedYoloOptions,
  signal: AbortSignal,
): Promise<{ which: number; found: Finding[] | Error }[]> {
  const { names, task } = model.layout
  const wanted = jobs.map(({ which, item, controls }) => {
    const fitting = controls.filter((control) => leftAlone(control, task, item.controls) === undefined)
    return { which, item, thresholds: controlThresholds(names, item.controls, fitting, options) }
  })
  const all = await model.find(
    wanted.map(({ item }) => item.input),
    wanted.map(({ thresholds }) => thresholds.floors),
    signal,
  )
  return wanted.map(({ which, item, thresholds }, place) => {
    const found = all[place] ?? []
    return {
      which,
      found: found instanceof Error ? pictureError(found, item) : assignFindings(found, thresholds, item.controls),
    }
  })
}
