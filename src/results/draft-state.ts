/** What a draft holds, and how results get into it. */

import { type ControlTag, findControl, findObject, type LabelingConfig, type ObjectTag } from '../config/index.js'
import { PrelabelError } from '../errors.js'
import type { BuiltResult, ResultOptions } from './builder.js'
import type { IdMaker } from './region-id.js'
import { repeatName } from './repeated-name.js'
import type { RelationResult, ResultExtras } from './result.js'
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

export function targetOf(state: DraftState, name: string, region?: BuiltResult): Target {
  const control = findControl(state.config, name)
  if (control !== undefined) return { control, name, region }
  throw new PrelabelError(`the config has no control named ${JSON.stringify(name)}`, {
    code: 'unknown-control',
    path: name,
    hint: `Its controls are ${[...state.config.controls.keys()].map((key) => JSON.stringify(key)).join(', ')}.`,
  })
}

/** The object that a result of the target is about. */
export function objectOf(state: DraftState, target: Target, asked?: string): { name: string; object: ObjectTag } {
  const { control } = target
  const name = asked ?? target.region?.to_name ?? repeatName(control.toName[0] ?? '', control.name, target.name)
  const object = findObject(state.config, name)
  if (object !== undefined) return { name, object }
  throw new PrelabelError(`the config has no object named ${JSON.stringify(name)}`, {
    code: 'unknown-object',
    path: control.path,
    hint: `${control.path} is about ${control.toName.map((one) => JSON.stringify(one)).join(', ')}.`,
  })
}

export function placeOf(state: DraftState, target: Target, options: ResultOptions): Place {
  const { name, object } = objectOf(state, target, options.to)
  return {
    control: target.control,
    object,
    size: state.surfaces.size(name, options.itemIndex ?? target.region?.item_index),
    text: (utterance) => state.surfaces.text(name, object, utterance),
  }
}

/** Puts a result into the draft. */
export function addResult(state: DraftState, target: Target, value: ShapeValue, options: ResultOptions): BuiltResult {
  const { control, name, region } = target
  const place = placeOf(state, target, options)
  const to = objectOf(state, target, options.to).name
  const type = control.resultType
  const page = options.itemIndex ?? region?.item_index
  const id = region?.id ?? options.id ?? state.ids.idFor([name, to, type, value, page])
  const result: BuiltResult = {
    id,
    from_name: name,
    to_name: to,
    type,
    value,
    ...extrasOf(options),
    ...(page === undefined ? {} : { item_index: page }),
    ...pictureOf(place),
  }
  state.results.push(result)
  return result
}

function extrasOf({ score, meta, parent, readonly, hidden, origin }: ResultOptions): ResultExtras {
  return {
    ...(score === undefined ? {} : { score }),
    ...(meta === undefined ? {} : { meta }),
    ...(parent === undefined ? {} : { parentID: parent.id }),
    ...(readonly === undefined ? {} : { readonly }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(origin === undefined ? {} : { origin }),
  }
}

function pictureOf({ object, size }: Place): ResultExtras {
  if (object.tag !== 'Image' || size === undefined) return {}
  return { original_width: size.width, original_height: size.height, image_rotation: 0 }
}
