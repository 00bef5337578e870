/** Which shape the results of a control have on an object, and what they say under their value key. */

import type { ControlTag, ObjectTag } from '../../config/index.js'
import { choices } from './choices.js'
import { labels } from './labels.js'
import { rectangle } from './rectangle.js'
import type { UncheckedSay } from './say-type.js'
import type { UncheckedShape } from './shape-type.js'
import { textSpan } from './text-span.js'

/** Shapes of the tags that always draw the same one. */
const shapes = new Map(Object.entries({ RectangleLabels: rectangle, Rectangle: rectangle }))

/** Shapes that `<Labels>` draws by itself, by object tag; on others it labels regions of other controls. */
const labelledShapes = new Map(Object.entries({ Text: textSpan }))

const says = new Map(Object.entries({ RectangleLabels: labels, Labels: labels, Choices: choices }))

/** What can be read as a region. */
export type RegionShape = ReadOf<typeof shapes> | ReadOf<typeof labelledShapes>
/** What can be read under a value key. */
export type RegionSays = ReadOf<typeof says>

type ReadOf<M> = M extends Map<string, { read(...args: never): infer R }> ? Exclude<R, undefined> : never

/** The shape that results of this control have; undefined for a control that draws nothing by itself. */
export function shapeOf(control: ControlTag, object: ObjectTag): UncheckedShape<RegionShape> | undefined {
  return control.tag === 'Labels' ? labelledShapes.get(object.tag) : shapes.get(control.tag)
}

/** What results of this control say; undefined for one that only draws, and for tags this library does not know. */
export function sayOf(control: ControlTag): UncheckedSay<RegionSays> | undefined {
  return says.get(control.tag)
}
