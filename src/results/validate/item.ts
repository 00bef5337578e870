/** One result under validation: what it names, found in the config. */

import { type ControlTag, findControl, type LabelingConfig, type ObjectTag } from '../../config/index.js'
import type { Issue } from '../../issues.js'
import { nearestName } from '../../nearest-name.js'
import { createPlace, objectNamed } from '../place.js'
import type { Surfaces } from '../surfaces.js'
import type { Task } from '../task.js'
import { type RegionShape, shapeOf } from '../types/families.js'
import type { Place, UncheckedShape } from '../types/shape-type.js'
import { isRecord, newIssue } from './new-issue.js'

/** What results are held against. */
export interface CheckContext {
  readonly config: LabelingConfig
  readonly surfaces: Surfaces
  readonly task?: Task | undefined
}

export interface Item {
  /** `result[3]` */
  readonly path: string
  readonly result: Readonly<Record<string, unknown>>
  readonly value: Readonly<Record<string, unknown>>
  readonly id: string | undefined
  readonly from: string
  readonly page: number | undefined
  readonly control: ControlTag
  readonly object: ObjectTag
  readonly place: Place
  /** The shape that the control itself draws. */
  readonly shape: UncheckedShape<RegionShape> | undefined
}

/** Finds what a result names; an issue when the editor would drop it for naming nothing. */
export function readItem(result: unknown, path: string, { config, surfaces }: CheckContext): Item | Issue {
  if (!isRecord(result)) return newIssue('invalid-result', path, 'a result is an object')
  const { from_name: from, to_name: to, value, id } = result
  if (typeof from !== 'string') return unknownName(config, 'control', from, `${path}.from_name`)
  const control = findControl(config, from)
  if (control === undefined) return unknownName(config, 'control', from, `${path}.from_name`)
  const object = typeof to === 'string' ? objectNamed(config, to, control) : undefined
  if (object === undefined || typeof to !== 'string') return unknownName(config, 'object', to, `${path}.to_name`)
  if (!isRecord(value)) return newIssue('missing-value', `${path}.value`, 'value must be an object')
  const page = typeof result.item_index === 'number' ? result.item_index : undefined
  return {
    path,
    result,
    value,
    id: typeof id === 'string' ? id : undefined,
    from,
    page,
    control,
    object,
    place: createPlace(surfaces, control, object, { objectName: to, page, size: sizeOf(result) }),
    shape: shapeOf(control, object),
  }
}

/** The picture's size as the result says it. */
export function sizeOf(result: Readonly<Record<string, unknown>>): { width: number; height: number } | undefined {
  const { original_width: width, original_height: height } = result
  return typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
    ? { width, height }
    : undefined
}

function unknownName(config: LabelingConfig, kind: 'control' | 'object', name: unknown, path: string): Issue {
  const names = [...(kind === 'control' ? config.controls : config.objects).keys()]
  const meant = typeof name === 'string' ? nearestName(name, names) : undefined
  const message =
    name === undefined
      ? `the name of the ${kind} is missing: the editor drops the result`
      : `the config has no ${kind} ${JSON.stringify(name)}: the editor drops the result`
  const hint =
    meant === undefined
      ? `Its ${kind}s are ${names.map((one) => JSON.stringify(one)).join(', ')}.`
      : `Did you mean ${JSON.stringify(meant)}?`
  return newIssue(`unknown-${kind}`, path, message, { hint })
}
