import type { ControlTag } from '../../config/index.js'
import type { FindingKind } from '../../results/findings.js'

const OUTLINES = ['Rectangle', 'Polygon', 'Ellipse', 'Brush', 'Bitmask', 'KeyPoint', 'Vector']

/** Control tags, without `Labels` at their end, on which findings of a kind can stand. */
const SHOWN_ON: Readonly<Record<FindingKind, readonly string[]>> = {
  classification: ['Choices', 'Taxonomy', 'Rating'],
  detection: OUTLINES,
  mask: OUTLINES,
  pose: OUTLINES,
  span: ['', 'HyperText', 'Paragraph', 'Taxonomy'],
  segment: ['', 'TimeSeries', 'Timeline', 'Audio'],
  text: ['TextArea'],
  number: ['Number', 'Rating'],
  datetime: ['DateTime'],
  preference: ['Pairwise'],
  ranking: ['Ranker'],
  track: ['VideoRectangle'],
  timeline: ['Timeline'],
}

/** Whether findings of one of these kinds can stand on a control. */
export function canShow(kinds: readonly FindingKind[] | undefined, { tag }: ControlTag): boolean {
  return kinds === undefined || kinds.some((kind) => SHOWN_ON[kind].includes(tag.replace(/Labels$/, '')))
}
