import type { FileInput } from '../../media/inputs.js'
import type { Finding } from '../../results/findings.js'
import type { Item, Outcome, PredictContext } from '../adapter.js'
import { findInVideo } from '../detection/video/find-in-video.js'
import { jobsByModel } from './jobs.js'
import { leftAlone } from './left-alone.js'
import type { ParsedYoloOptions } from './options.js'
import type { YoloModels } from './weights/models.js'

/** Runs each model that fills controls of a video once through it. */
export async function predictVideo(
  item: Item<FileInput>,
  options: ParsedYoloOptions,
  { model: models, ...context }: PredictContext<YoloModels>,
): Promise<Outcome> {
  const { object, task, input } = item
  const findings: Finding[] = []
  const { byModel, run, outcomeOf } = await jobsByModel(models, [item], context.logger)
  for (const [model, jobs] of byModel) {
    const controls = jobs
      .flatMap((job) => job.controls)
      .filter((control) => leftAlone(control, model.layout.task, item.controls) === undefined)
    const video = { path: input.path, object, data: task.data, controls }
    findings.push(...(await run(model, context.signal, findInVideo(model, video, options, context))))
  }
  return outcomeOf(0, findings)
}
