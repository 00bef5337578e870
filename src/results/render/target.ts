import type { ControlTag, ObjectTag } from '../../config/index.js'
import type { ControlBuilder, ResultOptions } from '../builder.js'
import type { Surface } from '../surface.js'

/** One control that a finding is being put on. */
export interface Target {
  readonly control: ControlTag
  readonly object: ObjectTag
  readonly surface: Surface
  readonly builder: ControlBuilder
  /** The control's label for the finding's class; undefined when the control or the finding has none. */
  readonly label: string | undefined
  /** Score, page and object of the results. */
  readonly options: ResultOptions
}
