/** What was said, in the units of people: regions in pixels, spans, paths, answers. */

import type { Origin, RawResult, RelationResult } from '../result.js'
import type { RegionContent, RegionShape } from '../types/families.js'

/** An answer, and the control that gave it. Of tags that this library does not know, the value as it stands. */
export type Answer = (Exclude<RegionContent, { kind: 'labels' }> | UnknownContent) & { readonly control: string }

export interface UnknownContent {
  readonly kind: 'unknown'
  readonly content: Readonly<Record<string, unknown>>
}

/** A region, or an answer about the whole object; results with one id are joined. */
export interface Region {
  readonly id: string | undefined
  /** The control that drew it; for an answer, the one that gave it. */
  readonly control: string
  readonly object: string
  /** Pictures in pixels when their size is known, else in percent; undefined for what is said of the whole object. */
  readonly shape: RegionShape | undefined
  /** Labels of all controls that labelled it. */
  readonly labels: readonly string[]
  readonly answers: readonly Answer[]
  readonly score: number | undefined
  readonly meta: Readonly<Record<string, unknown>> | undefined
  readonly parentId: string | undefined
  readonly origin: Origin | undefined
  /** 0-based page of an `<Image valueList>`. */
  readonly page: number | undefined
  /** The results as they stand. */
  readonly results: readonly RawResult[]
}

/** What a prediction, an annotation or a draft says. */
export interface ReadResults {
  /** In the order of their first results. */
  readonly regions: readonly Region[]
  readonly relations: readonly RelationResult[]
  /** Results that name nothing in the config, or hold nothing that could be read, as they stand. */
  readonly unread: readonly unknown[]
}
