import type { ControlTag } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import type { Issue } from '../../issues.js'
import type { FileInput, ImageInput } from '../../media/inputs.js'
import type { Finding } from '../../results/findings.js'
import type { Item, Logger, Outcome } from '../adapter.js'
import { toOutcome } from '../partly-failed.js'
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

/** Who fills what of some items. */
export interface Jobs<I extends ImageInput | FileInput> {
  readonly byModel: ReadonlyMap<YoloModel, readonly Job<I>[]>
  /**
   * What a model makes of its jobs. One that cannot run takes its own controls out where a single item is asked about, and
   * throws where several are: then each is asked about alone, so that what fails in one stays there.
   */
  run<T>(model: YoloModel, signal: AbortSignal, work: Promise<readonly T[]>): Promise<readonly T[]>
  /** The outcome of an item in which that was found: the controls whose model cannot be used are told in it. */
  outcomeOf(which: number, findings: readonly Finding[]): Outcome
}

/** Which model fills which controls of which items. A model that cannot be used takes only its own controls out. */
export async function jobsByModel<I extends ImageInput | FileInput>(
  models: YoloModels,
  items: readonly Item<I>[],
  logger: Logger,
): Promise<Jobs<I>> {
  const byModel = new Map<YoloModel, Job<I>[]>()
  const left = new Map<number, { readonly control: ControlTag; readonly error: PrelabelError }[]>()
  const loaded = new Map<ControlTag, YoloModel | PrelabelError>()
  const failed = new Set<YoloModel>()
  const leave = (which: number, control: ControlTag, error: PrelabelError) =>
    left.set(which, [...(left.get(which) ?? []), { control, error }])
  for (const [which, item] of items.entries()) {
    for (const control of item.controls) {
      if (leftAlone(control, undefined, item.controls) !== undefined) continue
      const model = loaded.get(control) ?? (await loadFor(models, control, item.controls))
      loaded.set(control, model)
      if (PrelabelError.isInstance(model)) {
        leave(which, control, model)
        continue
      }
      const jobs = byModel.get(model) ?? []
      const job = jobs.find((one) => one.which === which) ?? { which, item, controls: [] }
      if (job.controls.length === 0) jobs.push(job)
      job.controls.push(control)
      byModel.set(model, jobs)
    }
  }
  for (const model of byModel.keys()) models.tellRefused(model, logger)
  const isServed = (which: number) =>
    [...byModel].some(([model, jobs]) => !failed.has(model) && jobs.some((job) => job.which === which))
  return {
    byModel,
    async run(model, signal, work) {
      try {
        return await work
      } catch (error) {
        signal.throwIfAborted()
        if (items.length > 1 || !PrelabelError.isInstance(error)) throw error
        failed.add(model)
        for (const { which, controls } of byModel.get(model) ?? [])
          for (const control of controls) leave(which, control, error)
        return []
      }
    },
    outcomeOf(which, findings) {
      const unfilled = left.get(which) ?? []
      const last = unfilled.at(-1)
      if (last !== undefined && !isServed(which)) return last.error
      return toOutcome({ findings, issues: unfilled.map(({ control, error }) => leftOut(control, error)) })
    },
  }
}

async function loadFor(models: YoloModels, control: ControlTag, controls: readonly ControlTag[]) {
  try {
    return await models.of(control, controls)
  } catch (error) {
    if (PrelabelError.isInstance(error)) return error
    throw error
  }
}

function leftOut({ name, path }: ControlTag, { code, message, hint }: PrelabelError): Issue {
  const told = { code, severity: 'error', path, message: `${name} is left out: ${message}` } as const
  return hint === undefined ? told : { ...told, hint }
}
