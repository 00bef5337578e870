/** What a draft holds, and how results get into it. */

import { type ControlTag, findControl, findObject, type LabelingConfig, type ObjectTag } from '../config/index.js'
import { PrelabelError } from '../errors.js'
import { nearestName } from '../nearest-name.js'
import type { BuiltResult, ResultOptions } from './builder.js'
import { createPlace } from './place.js'
import type { IdMaker } from './region-id.js'
import { repeatName } from './repeated-name.js'
import { isResult, type RawResult, type RelationResult, type ResultExtras } from './result.js'
import type { Surfaces } from './surfaces.js'
import type { Place, ShapeValue } from './types/shape-type.js'

export interface DraftState {
  readonly config: LabelingConfig
  readonly surfaces: Surfaces
  readonly ids: IdMaker
  readonly results: BuiltResult[]
  readonly relations: RelationResult[]
}

/** A control by the name that results will carry, and the region its results are attached to, if any. */
export interface Target {
  readonly control: ControlTag
  /** The name asked for: inside a `<Repeater>`, one of those that the control's pattern stands for. */
  readonly name: string
  readonly region?: BuiltResult | undefined
}

/** Where a result of a target goes. */
export interface Destination {
  readonly place: Place
  readonly objectName: string
  readonly page: number | undefined
}

export function targetOf(state: DraftState, name: string, region?: BuiltResult): Target {
  const control = findControl(state.config, name)
  if (control !== undefined) return { control, name, region }
  const names = [...state.config.controls.keys()]
  const meant = nearestName(name, names)
  throw new PrelabelError(`the config has no control named ${JSON.stringify(name)}`, {
    code: 'unknown-control',
    path: name,
    hint:
      meant === undefined
        ? `Its controls are ${names.map((one) => JSON.stringify(one)).join(', ')}.`
        : `Did you mean ${JSON.stringify(meant)}?`,
  })
}

export function destinationOf(state: DraftState, target: Target, options: ResultOptions): Destination {
  const { control, region } = target
  const objectName = options.to ?? region?.to_name ?? repeatName(control.toName[0] ?? '', control.name, target.name)
  const page = options.itemIndex ?? region?.item_index
  const object = objectOf(state, control, objectName)
  return { place: createPlace(state.surfaces, control, object, { objectName, page }), objectName, page }
}

function objectOf(state: DraftState, control: ControlTag, name: string): ObjectTag {
  const object = findObject(state.config, name)
  if (object !== undefined) return object
  throw new PrelabelError(`the config has no object named ${JSON.stringify(name)}`, {
    code: 'unknown-object',
    path: control.path,
    hint: `${control.path} is about ${control.toName.map((one) => JSON.stringify(one)).join(', ')}.`,
  })
}

/** Puts a result into the draft. `beside` is what its shape says beside `value`. */
export function addResult(
  state: DraftState,
  { control, name, region }: Target,
  { objectName, page, place }: Destination,
  value: ShapeValue,
  options: ResultOptions,
  beside: ResultExtras = {},
): BuiltResult {
  const type = control.resultType
  const result: RawResult & { id: string } = {
    id: region?.id ?? state.ids.idFor(options.id, [name, objectName, type, value, page]),
    from_name: name,
    to_name: objectName,
    type,
    value,
    ...extrasOf(options),
    ...(page === undefined ? {} : { item_index: page }),
    ...(region === undefined ? surfaceOf(place) : sizesOf(region)),
    ...beside,
  }
  if (!isBuilt(result)) throw new PrelabelError(`${control.path} has no result type`, { code: 'wrong-result-kind' })
  state.results.push(result)
  return result
}

/** The type stands in the config, where the compiler cannot see it. */
function isBuilt(result: RawResult & { id: string }): result is BuiltResult {
  return isResult(result)
}

function extrasOf({ score, meta, parent, readonly, hidden, origin }: ResultOptions): ResultExtras {
  const extras: Writable<ResultExtras> = {}
  if (score !== undefined) extras.score = score
  if (meta !== undefined) extras.meta = meta
  if (parent !== undefined) extras.parentID = parent.id
  if (readonly !== undefined) extras.readonly = readonly
  if (hidden !== undefined) extras.hidden = hidden
  if (origin !== undefined) extras.origin = origin
  return extras
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** What results say of the thing they lie on. */
function surfaceOf({ object, size, duration }: Place): ResultExtras {
  if (object.tag === 'Image' && size !== undefined)
    return { original_width: size.width, original_height: size.height, image_rotation: 0 }
  return object.tag.startsWith('Audio') && duration !== undefined ? { original_length: duration } : {}
}

function sizesOf({ original_width, original_height, image_rotation, original_length }: BuiltResult): ResultExtras {
  return {
    ...(original_width === undefined ? {} : { original_width }),
    ...(original_height === undefined ? {} : { original_height }),
    ...(image_rotation === undefined ? {} : { image_rotation }),
    ...(original_length === undefined ? {} : { original_length }),
  }
}
