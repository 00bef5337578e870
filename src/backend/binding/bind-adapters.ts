import type { Adapter, ModelInfo } from '../../adapters/adapter.js'
import {
  type ControlTag,
  createLabelMap,
  type LabelingConfig,
  type LabelMap,
  type ObjectTag,
  objectsOf,
} from '../../config/index.js'
import type { PrelabelError } from '../../errors.js'
import { ownValue } from '../../own-value.js'
import type { FindingKind } from '../../results/findings.js'
import { canAnswer, canShow } from '../../results/render/can-show.js'
import { labelSource } from '../../results/render/companions.js'
import { shapeOf } from '../../results/types/families.js'
import type { AdapterRuntime } from '../adapters/adapter-runtime.js'
import { whyNever } from './why-never.js'

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
  /** What the adapter is asked for here. */
  readonly answers: Answers
  /** Id of the project, and what the adapter remembers of it: where it is known which one asks. */
  readonly project?: string
  readonly remembered?: unknown
}

/** Whole tasks, what was drawn in interactive pre-annotation, or both. */
export type Answers = NonNullable<Adapter['answers']>

/** Why an adapter does not fill a control. */
export interface Refusal {
  readonly adapter: string
  readonly control: string
  readonly reason: string
  /** Of the error that is the reason. */
  readonly code?: string
  /** It could fill the control, which another adapter has. */
  readonly fits?: true
}

type Reason = Pick<Refusal, 'reason' | 'code'>

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
 * goes to the first adapter, in the order given, that can fill it: to one for whole tasks, and to one for what is drawn.
 */
export function bindAdapters(config: LabelingConfig, candidates: readonly Candidate[]): Bindings {
  const claims = { tasks: new Map<string, string>(), prompts: new Map<string, string>() }
  const named = candidates.filter(({ runtime }) => runtime.adapter.controls !== undefined)
  const others = candidates.filter(({ runtime }) => runtime.adapter.controls === undefined)
  const refusals: Refusal[] = []
  const bound = new Map<Candidate, Won[]>()

  for (const candidate of [...named, ...others]) {
    const { name, controls: wanted } = candidate.runtime.adapter
    const roles = rolesOf(candidate.runtime.adapter)
    const won: Won[] = []
    for (const control of config.controls.values()) {
      const free = roles.filter((role) => wanted !== undefined || !claims[role].has(control.name))
      const owner = roles.map((role) => claims[role].get(control.name)).find((one) => one !== undefined)
      const verdict = consider(config, control, candidate)
      if ('reason' in verdict) refusals.push({ adapter: name, control: control.name, ...verdict })
      else if (free.length === 0)
        refusals.push({ adapter: name, control: control.name, reason: `${owner} fills it already`, fits: true })
      else won.push({ bound: verdict, roles: free })
    }
    const mine = won.filter(({ bound: { control } }) => !control.perRegion || hasRegions(config, control, won))
    for (const { bound: lost } of won.filter((one) => !mine.includes(one))) {
      const reason = 'it is asked of each region, and this adapter draws none here'
      refusals.push({ adapter: name, control: lost.control.name, reason })
    }
    for (const { bound: won, roles: free } of mine)
      for (const role of free) {
        const { name: control } = won.control
        claims[role].set(control, claims[role].get(control) ?? name)
      }
    bound.set(candidate, mine)
  }
  const bindings = candidates.flatMap((candidate) => bindingsOf(config, candidate, bound.get(candidate) ?? []))
  return { bindings, refusals }
}

type Role = 'tasks' | 'prompts'

/** A control that an adapter got, and for what. */
interface Won {
  readonly bound: BoundControl
  readonly roles: readonly Role[]
}

/** What an adapter competes for. One that declares no `prompts` is asked about them only when nobody else is. */
function rolesOf({ answers = 'both', prompts }: Adapter): readonly Role[] {
  if (answers !== 'both') return [answers]
  return prompts === undefined ? ['tasks'] : ['tasks', 'prompts']
}

function bindingsOf(config: LabelingConfig, candidate: Candidate, won: readonly Won[]): Binding[] {
  const { answers = 'both', prompts } = candidate.runtime.adapter
  const wonFor = (...wanted: readonly Role[]) => {
    const own = won.filter(({ bound, roles }) => !bound.control.perRegion && roles.join() === wanted.join())
    // What is asked of regions goes with the controls that draw them.
    const beside = won.filter(({ bound: { control } }) => control.perRegion && hasRegions(config, control, own))
    return [...own, ...beside].map(({ bound }) => bound)
  }
  const alone = answers === 'both' && prompts === undefined ? 'both' : 'tasks'
  return [
    ...groupByObject(config, candidate, wonFor('tasks', 'prompts'), 'both'),
    ...groupByObject(config, candidate, wonFor('tasks'), alone),
    ...groupByObject(config, candidate, wonFor('prompts'), 'prompts'),
  ]
}

/** True when one of the controls draws the regions that a per-region control is asked of. */
function hasRegions(config: LabelingConfig, { toName }: ControlTag, won: readonly Won[]): boolean {
  return won.some(({ bound: { control } }) => {
    const objects = objectsOf(config, control).filter(({ name }) => toName.includes(name))
    return !control.perRegion && objects.some((object) => shapeOf(control, object) !== undefined)
  })
}

function consider(config: LabelingConfig, control: ControlTag, candidate: Candidate): BoundControl | Reason {
  const { runtime, byControl } = candidate
  const never = whyNever(config, control, runtime.adapter)
  if (never !== undefined) return { reason: never }
  const info = byControl.get(control.name) ?? candidate.info
  if (info instanceof Error) return { reason: info.message, code: info.code }
  const { fills, labelMap: map } = runtime.adapter
  const objects = objectsOf(config, control)
  const able = info.kinds?.some((kind) => objects.some((object) => canFill(kind, control, object))) ?? true
  if (!able) return { reason: `its model makes ${info.kinds?.join(', ')}, which <${control.tag}> does not show` }
  const object = objects.find(({ tag }) => ownValue(fills, control.tag)?.includes(tag))
  const source = (object && labelSource(config, control, object)) ?? control
  const labelMap = createLabelMap(source, info.classes, map === undefined ? {} : { map: mapFor(source, map) })
  const { mapped, unmapped } = labelMap.report
  if (unmapped.length > 0 && mapped.length === 0 && source.labels.length > 0) {
    return { reason: `none of the model's ${unmapped.length} classes means one of its labels` }
  }
  return { control, info, labelMap, labelSource: source }
}

/** What is said of a region needs no place of its own. */
function canFill(kind: FindingKind, control: ControlTag, object: ObjectTag): boolean {
  return control.perRegion ? canAnswer(kind, control) : canShow(kind, control, object)
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
  answers: Answers,
): Binding[] {
  const { fills, scope } = runtime.adapter
  const usable = ({ control }: BoundControl) =>
    objectsOf(config, control).filter(({ tag }) => ownValue(fills, control.tag)?.includes(tag) === true)
  const objects = [...new Set(controls.flatMap(usable))]
  if (objects.length === 0) return []
  if (scope === 'task') return [{ runtime, info, objects, controls, answers }]
  return objects.map((object) => ({
    runtime,
    info,
    objects: [object],
    controls: controls.filter((control) => usable(control).includes(object)),
    answers,
  }))
}
