import type { ControlTag } from '../../config/index.js'

/** How a region is labelled, as far as it is known. */
export interface LabelledRegion {
  readonly label?: string | undefined
  /** Name of the control whose label it is. */
  readonly source?: string | undefined
}

/**
 * True when the editor shows a per-region control for a region, by the conditions on the tag itself: `whenLabelValue` asks
 * for one of its labels, `whenTagName` beside `visibleWhen="region-selected"` for the control that labelled it. Where the
 * label is not known, the control may be shown. What the editor does not show it drops when the annotation is submitted.
 */
export function isAskedOfRegion({ shownWhen, attributes }: ControlTag, { label, source }: LabelledRegion): boolean {
  const { labels, tagName, visibleWhen } = shownWhen ?? {}
  // A label may have a comma in it: the editor looks for the whole value first.
  const fits =
    label === undefined || labels === undefined || labels.includes(label) || attributes.whenLabelValue === label
  const isTag = visibleWhen !== 'region-selected' || tagName === undefined || source === undefined || tagName === source
  return fits && isTag
}
