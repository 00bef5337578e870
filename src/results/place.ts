/** Where a result is put: its tags, and what is known of the thing it lies on. */

import { type ControlTag, findObject, type LabelingConfig, type ObjectTag } from '../config/index.js'
import type { ImageSurface } from './surface.js'
import type { Surfaces } from './surfaces.js'
import type { Place } from './types/shape-type.js'

export interface PlaceOptions {
  /** The name that results carry; of an object in a `<Repeater>`, one of those that its pattern stands for. */
  readonly objectName: string
  readonly page?: number | undefined
  /** What the result itself says of the picture's size. */
  readonly size?: ImageSurface | undefined
}

export function createPlace(
  surfaces: Surfaces,
  control: ControlTag,
  object: ObjectTag,
  { objectName, page, size }: PlaceOptions,
): Place {
  return {
    control,
    object,
    size: size ?? surfaces.size(objectName, page),
    duration: surfaces.duration(objectName),
    text: () => surfaces.text(objectName, object),
    html: () => surfaces.html(objectName, object),
    utterances: () => surfaces.utterances(objectName, object),
  }
}

/** The object that results may be about by this name. A `<Pairwise>` names itself. */
export function objectNamed(config: LabelingConfig, name: string, control: ControlTag): ObjectTag | undefined {
  const object = findObject(config, name)
  if (object !== undefined || control.tag !== 'Pairwise' || name !== control.name) return object
  return findObject(config, control.toName[0] ?? '')
}
