import type { LabelingConfig, LabelMapReport } from '../../config/index.js'
import type { Binding, Bindings, BoundControl } from './bind-adapters.js'
import { isOnlyAskedWith } from './choose-target.js'

/** Who fills which control of a config, and which are left to people and why. */
export interface BindingReport {
  readonly modelVersion: string
  readonly controls: readonly ControlReport[]
}

export interface ControlReport {
  readonly control: string
  /** The tag as written. */
  readonly tag: string
  /** Empty when no adapter fills it. */
  readonly filledBy: readonly Filling[]
  /** Adapters that do not fill it, with why. */
  readonly refused: readonly { readonly adapter: string; readonly reason: string }[]
}

export interface Filling {
  readonly adapter: string
  /** What alone it is asked for: whole tasks, or what is drawn in interactive pre-annotation. Absent when it is asked for both. */
  readonly answers?: 'tasks' | 'prompts'
  /** It is a smart tool: what is drawn with it is answered on another control. */
  readonly tool?: true
  /** Names of the object tags that the adapter is given. */
  readonly objects: readonly string[]
  /** What is known of the model. */
  readonly summary?: string
  /** What to know of the model: options that it does not heed. */
  readonly notes?: readonly string[]
  readonly labels: LabelMapReport
}

export function reportOf(
  config: LabelingConfig,
  { bindings, refusals }: Bindings,
  modelVersion: string,
): BindingReport {
  const controls = [...config.controls.values()].map(({ name, tag }) => ({
    control: name,
    tag,
    filledBy: bindings.flatMap((binding) => {
      const bound = binding.controls.find(({ control }) => control.name === name)
      return bound === undefined ? [] : [fillingOf(binding, bound)]
    }),
    refused: refusals.filter(({ control }) => control === name).map(({ adapter, reason }) => ({ adapter, reason })),
  }))
  return { modelVersion, controls }
}

function fillingOf(binding: Binding, bound: BoundControl): Filling {
  const { runtime, objects, answers } = binding
  const { info, labelMap } = bound
  return {
    adapter: runtime.adapter.name,
    ...(answers === 'both' ? {} : { answers }),
    ...(answers === 'prompts' && isOnlyAskedWith(binding, bound) ? { tool: true } : {}),
    objects: objects.map((object) => object.name),
    ...(info.summary === undefined ? {} : { summary: info.summary }),
    ...(info.notes === undefined ? {} : { notes: info.notes }),
    labels: labelMap.report,
  }
}
