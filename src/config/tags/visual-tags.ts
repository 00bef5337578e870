/** Tags that lay out or decorate, and the children that give a control its vocabulary. */

import { z } from 'zod'
import type { OptionRow, VisualRow } from './tag-row.js'

const none = z.looseObject({})
const visual = { family: 'visual', attributes: none } as const satisfies VisualRow
const option = { family: 'option', attributes: none } as const satisfies OptionRow

export const visualTags = {
  View: visual,
  Header: visual,
  Style: visual,
  Collapse: visual,
  Panel: visual,
  Filter: visual,
  Markdown: visual,
  Dialog: visual,
  Repeater: visual,
  Shortcut: visual,
  Channel: visual,
  MultiChannel: visual,
  Relations: visual,
  Relation: visual,
  Bucket: visual,
} as const

export const optionTags = { Label: option, Choice: option } as const
