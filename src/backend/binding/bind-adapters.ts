import type { ModelInfo } from '../../adapters/adapter.js'
import {
  type ControlTag,
  createLabelMap,
  type LabelingConfig,
  type LabelMap,
  type ObjectTag,
  objectsOf,
} from '../../config/index.js'
import type { PrelabelError } from '../../errors.js'
import { canShow } from '../../results/render/can-show.js'
import { labelSource } from '../../results/render/companions.js'
import type { AdapterRuntime } from '../adapters/adapter-runtime.js'

/** A control that an adapter fills, and how its classes are named there. */
export interface BoundControl {
  readonly control: ControlTag
  /** What is known of the model that fills it. */
  readonly info: ModelInfo
  readonly labelMap: LabelMap
  /** The control whose labels they are: itself, or the `<Labels>` beside a plain geometry tag. */
  readonly labelSource: ControlTag
}

/** What one item of an adapter is made of: the objects it is given and the controls it fills. */
export interface Binding {
  readonly runtime: AdapterRuntime
  readonly info: ModelInfo
  /** More than one only where the adapter's `scope` is `task`. */
  readonly objects: readonly ObjectTag[]
  readonly controls: readonly BoundControl[]
}

/** Why an adapter does not fill a control. */
export interface Refusal {
  readonly adapter: string
  readonly control: string
  readonly reason: string
}

export interface Bindings {
  readonly bindings: readonly Binding[]
  readonly refusals: readonly Refusal[]
}

/** An adapter with what is known of its model. */
export interface Candidate {
  readonly runtime: AdapterRuntime
  readonly info: ModelInfo
  /** By the name of a control: what is known of the model that its attributes choose, or why there is none. */
  readonly byControl: ReadonlyMap<string, ModelInfo | PrelabelError>
}

/**
 * Decides which adapter fills which control. An adapter that names a control in `controls` gets it; every other control
 * goes to the first adapter, in the order given, that can fill it.
 */
export function bindAdapters(config: LabelingConfig, candidates: readonly Candidate[]): Bindings {
  const claimed = new Map<string, string>()
  const named = candidates.filter(({ runtime }) => runtime.adapter.controls !== undefined)
  const others = candidates.filter(({ runtime }) => runtime.adapter.controls === undefined)
  const refusals: Refusal[] = []
  const bound = new Map<Candidate, BoundControl[]>()

  for (const candidate of [...named, ...others]) {
    const { name, controls: wanted } = candidate.runtime.adapter
    const mine: BoundControl[] = []
    for (const control of config.controls.values()) {
      const owner = wanted === undefined ? claimed.get(control.name) : undefined
      const verdict = owner === undefined ? consider(config, control, candidate) : `${owner} fills it already`
      if (typeof verdict === 'string') refusals.push({ adapter: name, control: control.name, reason: verdict })
      else mine.push(verdict)
    }
    for (const { control } of mine) claimed.set(control.name, claimed.get(control.name) ?? name)
    bound.set(candidate, mine)
  }
  const bindings = candidates.flatMap((candidate) => groupByObject(config, candidate, bound.get(candidate) ?? []))
  return { bindings, refusals }
}

function consider(config: LabelingConfig, control: ControlTag, candidate: Candidate): BoundControl | string {
  const { runtime, byControl } = candidate
  const { fills, controls, labelMap: map } = runtime.adapter
  const objectTags = fills[control.tag]
  if (controls !== undefined && !controls.includes(control.name)) return 'its `controls` name others'
  if (objectTags === undefined) return `it fills no <${control.tag}>`
  const objects = objectsOf(config, control)
  if (!objects.some(({ tag }) => objectTags.includes(tag))) {
    return `it fills <${control.tag}> on ${objectTags.join(', ')}, and this one is about ${objects.map(({ tag }) => tag).join(', ')}`
  }
  if (control.perRegion) return 'it is asked of each region, and adapters are asked about whole objects'
  const info = byControl.get(control.name) ?? candidate.info
  if (info instanceof Error) return info.message
  const able = info.kinds?.some((kind) => objects.some((object) => canShow(kind, control, object))) ?? true
  if (!able) return `its model makes ${info.kinds?.join(', ')}, which <${control.tag}> does not show`
  const [object] = objects.filter(({ tag }) => objectTags.includes(tag))
  const source = (object && labelSource(config, control, object)) ?? control
  const labelMap = createLabelMap(source, info.classes, map === undefined ? {} : { map: mapFor(source, map) })
  const { mapped, unmapped } = labelMap.report
  if (unmapped.length > 0 && mapped.length === 0 && source.labels.length > 0) {
    return `none of the model's ${unmapped.length} classes means one of its labels`
  }
  return { control, info, labelMap, labelSource: source }
}

/** An adapter's map may speak of labels of several controls; each takes what it has. */
function mapFor(control: ControlTag, map: Readonly<Record<string, string | null>>): Record<string, string | null> {
  const entries = Object.entries(map)
  const open = control.openVocabulary === true
  return Object.fromEntries(entries.filter(([, label]) => open || label === null || control.labels.includes(label)))
}

function groupByObject(
  config: LabelingConfig,
  { runtime, info }: Candidate,
  controls: readonly BoundControl[],
): Binding[] {
  const { fills, scope } = runtime.adapter
  const usable = ({ control }: BoundControl) =>
    objectsOf(config, control).filter(({ tag }) => fills[control.tag]?.includes(tag) === true)
  const objects = [...new Set(controls.flatMap(usable))]
  if (objects.length === 0) return []
  if (scope === 'task') return [{ runtime, info, objects, controls }]
  return objects.map((object) => ({
    runtime,
    info,
    objects: [object],
    controls: controls.filter((control) => usable(control).includes(object)),
  }))
}
