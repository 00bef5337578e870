/** Attributes that many tags share. */

import { z } from 'zod'
import { count, decimal, flag, flagOr, text, value } from './attribute-types.js'

/** When a tag is shown: what has to be selected elsewhere. */
const visibility = {
  visibleWhen: z.enum(['region-selected', 'choice-selected', 'no-region-selected', 'choice-unselected']).optional(),
  whenTagName: text().optional(),
  whenLabelValue: value().optional(),
  whenChoiceValue: value().optional(),
  whenRole: value().optional(),
}

/** Attributes of every control. */
export const control = {
  name: text().optional(),
  toName: text().optional(),
  /** Whether it may trigger interactive pre-annotation. */
  smart: flagOr(true),
  /** Triggers it whatever the toggle says, and has no manual tool. */
  smartOnly: flagOr(false),
  ...visibility,
}

/** Attributes of controls that say something of the whole task, a region or a page. */
export const answer = {
  ...control,
  required: flagOr(false),
  requiredMessage: text().optional(),
  perRegion: flagOr(false),
  perItem: flagOr(false),
  displayMode: z.enum(['tag', 'region-list']).default('tag'),
  readOnly: flagOr(false),
}

/** How a drawn region looks. */
export const drawing = {
  opacity: decimal().optional(),
  fillColor: text().optional(),
  strokeColor: text().optional(),
  strokeWidth: decimal().optional(),
  fillOpacity: decimal().optional(),
}

export const snapping = { snap: z.enum(['none', 'pixel']).default('none') }
export const turning = { canRotate: flagOr(true) }
export const points = { pointSize: text().optional(), pointStyle: text().optional() }

/** Vector tools: lines of points, straight or curved. */
export const vector = {
  closable: flagOr(false),
  curves: flagOr(false),
  skeleton: flagOr(false),
  minPoints: count().optional(),
  maxPoints: count().optional(),
  pointSizeEnabled: decimal().optional(),
  pointSizeDisabled: decimal().optional(),
}

/** Attributes of every tag that holds `<Label>`s. */
export const labelling = {
  ...control,
  ...drawing,
  choice: z.enum(['single', 'multiple']).default('single'),
  maxUsages: count().optional(),
  showInline: flagOr(true),
  groupDepth: text().optional(),
  allowEmpty: flagOr(false),
  /** `$field`: further labels that come with the task. */
  value: value().optional(),
}

/** Attributes of every object. */
export const object = {
  name: text().optional(),
  value: value().optional(),
}

/** Attributes of objects that play. */
export const playing = {
  hotkey: text().optional(),
  muted: flag().optional(),
  sync: text().optional(),
}

/** Attributes of objects that hold text. */
export const reading = {
  valueType: z.enum(['text', 'url']).default('text'),
  saveTextResult: z.enum(['none', 'no', 'yes']).optional(),
  encoding: z.enum(['none', 'base64', 'base64unicode']).default('none'),
  granularity: z.enum(['symbol', 'word', 'sentence', 'paragraph']).default('symbol'),
  selectionEnabled: flagOr(true),
  clickableLinks: flagOr(false),
  highlightColor: text().optional(),
  showLabels: flag().optional(),
  inline: flagOr(false),
}

/** Attributes of layout. */
export const layout = {
  className: text().optional(),
  idAttr: text().optional(),
  style: text().optional(),
  display: text().optional(),
  ...visibility,
}
