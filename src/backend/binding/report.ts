import type { LabelingConfig, LabelMapReport } from '../../config/index.js'
import type { AdapterRuntime } from '../adapters/adapter-runtime.js'
import type { Binding, Bindings, BoundControl, Candidate, Refusal } from './bind-adapters.js'
import { isOnlyAskedWith } from './choose-target.js'
import { misspeltNames } from './misspelt-names.js'
import { pointLabels } from './point-labels.js'

/** Who fills which control of a config, and which are left to people and why. */
export interface BindingReport {
  readonly modelVersion: string
  readonly controls: readonly ControlReport[]
  /** Names in the options of adapters that match nothing in this config or in their models, a line each. */
  readonly warnings: readonly string[]
  /** What adapters say of their models once these are loaded: where they run, what refused them; a line each. */
  readonly models: readonly string[]
}

export interface ControlReport {
  readonly control: string
  /** The tag as written. */
  readonly tag: string
  /** Empty when no adapter fills it. */
  readonly filledBy: readonly Filling[]
  /** Adapters that do not fill it, with why; `code` is that of the error, where there was one. */
  readonly refused: readonly { readonly adapter: string; readonly reason: string; readonly code?: string }[]
  /** Adapters that could fill it too, and would if their `controls` named it. */
  readonly alsoFits: readonly string[]
  /** For a `<Labels>` beside plain geometry tags: the controls whose regions it names. */
  readonly namesRegionsOf: readonly string[]
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
  candidates: readonly Candidate[],
): BindingReport {
  const controls = [...config.controls.values()].map(({ name, tag }) => ({
    control: name,
    tag,
    filledBy: bindings.flatMap((binding) => {
      const bound = binding.controls.find(({ control }) => control.name === name)
      return bound === undefined ? [] : [fillingOf(binding, bound)]
    }),
    refused: refusals.filter(({ control }) => control === name).map(refusedBy),
    alsoFits: refusals.filter(({ control, fits }) => control === name && fits).map(({ adapter }) => adapter),
    namesRegionsOf: namedBy(bindings, name),
  }))
  const warnings = candidates.flatMap((candidate) => {
    const own = bindings.filter(({ runtime }) => runtime === candidate.runtime)
    return misspeltNames(config, candidate, own)
  })
  return { modelVersion, controls, warnings, models: [] }
}

/** The report with what is known of the models by now. */
export function withModels(report: BindingReport, runtimes: readonly AdapterRuntime[]): BindingReport {
  const models = runtimes.flatMap(({ adapter, status }) => status().map((line) => `${adapter.name}: ${line}`))
  return { ...report, models }
}

function refusedBy({ adapter, reason, code }: Refusal): ControlReport['refused'][number] {
  return { adapter, reason, ...(code === undefined ? {} : { code }) }
}

function namedBy(bindings: readonly Binding[], name: string): string[] {
  const named = bindings
    .flatMap(({ controls }) => controls)
    .filter(({ control, labelSource }) => labelSource.name === name && control.name !== name)
  return [...new Set(named.map(({ control }) => control.name))]
}

function fillingOf(binding: Binding, bound: BoundControl): Filling {
  const { runtime, objects, answers } = binding
  const { control, info, labelMap } = bound
  return {
    adapter: runtime.adapter.name,
    ...(answers === 'both' ? {} : { answers }),
    ...(answers === 'prompts' && isOnlyAskedWith(binding, bound) ? { tool: true } : {}),
    objects: objects.map((object) => object.name),
    ...(info.summary === undefined ? {} : { summary: info.summary }),
    ...(info.notes === undefined ? {} : { notes: info.notes }),
    labels: (info.kinds?.includes('pose') === true ? pointLabels(control) : undefined) ?? labelMap.report,
  }
}
