import type { ControlTag } from '../../config/index.js'
import type { FileInput, ImageInput } from '../../media/inputs.js'
import type { Item, Logger } from '../adapter.js'
import { leftAlone } from './left-alone.js'
import type { YoloModel } from './model.js'
import type { YoloModels } from './weights/models.js'

/** What one model is to fill of one item. */
export interface Job<I extends ImageInput | FileInput> {
  /** Place of the item. */
  readonly which: number
  readonly item: Item<I>
  readonly controls: ControlTag[]
}

/** Which model fills which controls of which items. */
export async function jobsByModel<I extends ImageInput | FileInput>(
  models: YoloModels,
  items: readonly Item<I>[],
  logger: Logger,
): Promise<Map<YoloModel, Job<I>[]>> {
  const byModel = new Map<YoloModel, Job<I>[]>()
  for (const [which, item] of items.entries()) {
    for (const control of item.controls) {
      if (leftAlone(control, undefined, item.controls) !== undefined) continue
      const model = await models.of(control, item.controls)
      const jobs = byModel.get(model) ?? []
      const job = jobs.find((one) => one.which === which) ?? { which, item, controls: [] }
      if (job.controls.length === 0) jobs.push(job)
      job.controls.push(control)
      byModel.set(model, jobs)
    }
  }
  for (const model of byModel.keys()) models.tellRefused(model, logger)
  return byModel
}
