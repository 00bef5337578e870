import type { ControlTag, ObjectTag } from '../../config/index.js'
import type { ControlBuilder, ResultOptions } from '../builder.js'
import type { MaskToPolygonsOptions } from '../mask/index.js'
import type { Surface } from '../surface.js'

/** One control that a finding is being put on. */
export interface Target {
  readonly control: ControlTag
  readonly object: ObjectTag
  readonly surface: Surface
  readonly builder: ControlBuilder
  readonly polygons: MaskToPolygonsOptions
  /** The finding's label where the control carries labels itself; else nothing. */
  readonly label: { readonly label?: string }
  /** Score, page and object of the results. */
  readonly options: ResultOptions
}
