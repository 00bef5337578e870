/** What an annotator has just drawn for a model to answer, in the units of people. */

import type { RegionShape } from '../types/families.js'

/**
 * Kinds of what may be drawn: `keypoint`, `rectangle`, `ellipse`, `polygon`, `brush`, `bitmask` and `vector` on
 * pictures, `span` on texts and pages, `paragraph-span` on dialogues, `segment` on sound and series, …
 */
export type PromptKind = RegionShape['kind']

/** One drawn region, read. */
export interface Prompt<K extends PromptKind = PromptKind> {
  readonly id: string | undefined
  /** Name of the control that drew it: often another than the one that shall be filled. */
  readonly control: string
  /** Name of the object that it is drawn on. */
  readonly object: string
  /** Labels of all controls that labelled it. */
  readonly labels: readonly string[]
  /** 0-based page of an `<Image valueList>`; undefined where there are none. */
  readonly itemIndex: number | undefined
  /** False for a key point that says "not here" (drawn with Alt). */
  readonly positive: boolean
  /**
   * On pictures in pixels of the picture that the adapter is given; in texts UTF-16 units; in sound seconds. The `mask` of a
   * brush stroke or a bitmask is decoded when it is looked at, and throws when it cannot be.
   */
  readonly shape: Extract<RegionShape, { kind: K }>
  /** The text of a span as the editor quotes it. */
  readonly text: string | undefined
}
