/** Tags that lay out or decorate, and the children that give other tags their vocabulary. */

import { z } from 'zod'
import { count, decimal, flag, flagOr, text, value } from './attribute-types.js'
import { layout } from './shared-attributes.js'
import type { AttributeSchema, OptionRow, VisualRow } from './tag-row.js'

const visual = <A extends AttributeSchema>(attributes: A) =>
  ({ family: 'visual', attributes }) as const satisfies VisualRow

const within = <A extends AttributeSchema>(parents: readonly string[], attributes: A) =>
  ({ ...visual(attributes), within: parents }) as const satisfies VisualRow

export const visualTags = {
  View: visual(z.looseObject(layout)),
  Header: visual(
    z.looseObject({
      value: value().optional(),
      size: count().default(4),
      style: text().optional(),
      underline: flagOr(false),
    }),
  ),
  Style: visual(z.looseObject({})),
  Collapse: visual(z.looseObject({ accordion: flagOr(true), bordered: flagOr(false), open: flag().optional() })),
  Panel: visual(z.looseObject({ value: value().optional(), open: flag().optional() })),
  Filter: visual(
    z.looseObject({
      toName: text().optional(),
      placeholder: text().optional(),
      minLength: count().default(3),
      hotkey: text().optional(),
    }),
  ),
  Markdown: visual(
    z.looseObject({ value: value().optional(), className: text().optional(), style: text().optional() }),
  ),
  Dialog: visual(z.looseObject({ name: text().optional(), value: value().optional() })),
  /** Repeats its children for each item of a list of the task. */
  Repeater: visual(
    z.looseObject({
      on: text().optional(),
      indexFlag: text().default('{{idx}}'),
      mode: z.enum(['list', 'pagination']).default('list'),
    }),
  ),
  Shortcut: visual(
    z.looseObject({
      value: value().optional(),
      alias: text().optional(),
      background: text().optional(),
      hotkey: text().optional(),
    }),
  ),
  Channel: within(
    ['TimeSeries'],
    z.looseObject({
      column: text().optional(),
      legend: text().optional(),
      units: text().optional(),
      displayFormat: text().optional(),
      interpolation: text().optional(),
      height: decimal().default(200),
      strokeWidth: decimal().optional(),
      strokeColor: text().optional(),
      markerSize: decimal().optional(),
      markerColor: text().optional(),
      markerSymbol: text().optional(),
      dataRange: text().optional(),
      timeRange: text().optional(),
      showAxis: flagOr(true),
      showYAxis: flagOr(true),
      fixedScale: flag().optional(),
    }),
  ),
  MultiChannel: within(
    ['TimeSeries'],
    z.looseObject({
      height: decimal().default(200),
      showAxis: flagOr(true),
      showYAxis: flagOr(true),
      fixedScale: flag().optional(),
    }),
  ),
  Relations: visual(z.looseObject({ choice: z.enum(['single', 'multiple']).default('multiple') })),
  /** The place of an interface of one's own; its name was `CustomInterface` before `ReactCode`. */
  CustomInterface: visual(z.looseObject({})),
} as const

const option = <A extends AttributeSchema>(parents: readonly string[], attributes: A) =>
  ({ family: 'option', within: parents, needs: ['value'], attributes }) as const satisfies OptionRow

const shown = {
  value: value().optional(),
  alias: text().optional(),
  hint: text().optional(),
  hotkey: text().optional(),
  html: text().optional(),
  selected: flagOr(false),
  /** Class names of models that mean this label: a comma list. */
  predicted_values: value().optional(),
}

export const optionTags = {
  Label: option(
    ['…Labels'],
    z.looseObject({
      ...shown,
      background: text().optional(),
      selectedColor: text().optional(),
      size: text().optional(),
      maxUsages: count().optional(),
      showAlias: flagOr(false),
      aliasStyle: text().optional(),
      granularity: z.enum(['symbol', 'word', 'sentence', 'paragraph']).optional(),
      groupCanContain: text().optional(),
      category: text().optional(),
    }),
  ),
  Choice: option(
    ['Choices', 'Taxonomy'],
    z.looseObject({ ...shown, style: text().optional(), color: text().optional() }),
  ),
  Relation: option(['Relations'], z.looseObject({ value: value().optional(), background: text().optional() })),
  Bucket: {
    ...option(['Ranker'], z.looseObject({ name: text().optional(), title: text().optional(), default: flagOr(false) })),
    needs: ['name'],
  },
} as const
