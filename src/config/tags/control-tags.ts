/**
 * Tags that results come from: what they can be about, and how their results look.
 *
 * Attributes, allowed values, defaults and allowed objects are those of Label Studio 1.23.2's editor.
 */

import { z } from 'zod'
import { count, decimal, flag, flagOr, text, value } from './attribute-types.js'
import { answer, control, drawing, labelling, points, snapping, turning, vector } from './shared-attributes.js'
import type { AttributeSchema, ControlRow } from './tag-row.js'

const image = ['Image'] as const
const video = ['Video'] as const
const anything = [] as const

/** A tool without labels of its own, or a tag whose result type is also its value key. */
const tool = <R extends string, O extends readonly string[], A extends AttributeSchema>(
  resultType: R,
  objects: O,
  attributes: A,
) => ({ family: 'control', objects, resultType, valueKey: resultType, attributes }) as const satisfies ControlRow

/** The twin with labels. */
const labelled = <R extends string, O extends readonly string[], A extends AttributeSchema>(
  resultType: R,
  objects: O,
  attributes: A,
) => ({ ...tool(resultType, objects, attributes), option: 'Label' }) as const satisfies ControlRow

/** The server insists on a name, a `toName`, and on something that brings options. */
const bound = { needs: ['name', 'toName'] } as const
const boundWithOptions = { needs: ['name', 'toName', 'options'] } as const

/** Registered by Label Studio Enterprise only. */
const enterprise = { documentedOnly: true } as const

export const controlTags = {
  // pictures
  Rectangle: tool('rectangle', image, z.looseObject({ ...control, ...drawing, ...turning, ...snapping })),
  RectangleLabels: labelled('rectanglelabels', image, z.looseObject({ ...labelling, ...turning, ...snapping })),
  Ellipse: tool('ellipse', image, z.looseObject({ ...control, ...drawing, ...turning })),
  EllipseLabels: labelled('ellipselabels', image, z.looseObject({ ...labelling, ...turning })),
  Polygon: tool('polygon', image, z.looseObject({ ...control, ...drawing, ...snapping, ...points })),
  PolygonLabels: labelled('polygonlabels', image, z.looseObject({ ...labelling, ...snapping, ...points })),
  KeyPoint: tool('keypoint', image, z.looseObject({ ...control, ...drawing, ...snapping })),
  KeyPointLabels: labelled('keypointlabels', image, z.looseObject({ ...labelling, ...snapping })),
  Brush: tool('brush', image, z.looseObject({ ...control, strokeWidth: decimal().default(15) })),
  BrushLabels: labelled('brushlabels', image, z.looseObject(labelling)),
  Bitmask: tool('bitmask', image, z.looseObject({ ...control, strokeWidth: decimal().default(15) })),
  BitmaskLabels: labelled('bitmasklabels', image, z.looseObject(labelling)),
  Vector: tool('vector', image, z.looseObject({ ...control, ...drawing, ...snapping, ...points, ...vector })),
  VectorLabels: labelled('vectorlabels', image, z.looseObject({ ...labelling, ...snapping, ...points, ...vector })),
  MagicWand: tool(
    'magicwand',
    image,
    z.looseObject({
      ...control,
      opacity: decimal().default(0.6),
      blurRadius: decimal().default(5),
      defaultThreshold: decimal().default(15),
    }),
  ),
  OcrLabels: { ...labelled('ocrlabels', ['Image', 'Pdf'] as const, z.looseObject(labelling)), ...enterprise },

  // text, sound, series, video
  Labels: { ...labelled('labels', anything, z.looseObject(labelling)), ...boundWithOptions },
  HyperTextLabels: labelled('hypertextlabels', ['HyperText'] as const, z.looseObject(labelling)),
  ParagraphLabels: labelled('paragraphlabels', ['Paragraphs'] as const, z.looseObject(labelling)),
  TimeSeriesLabels: labelled('timeserieslabels', ['TimeSeries'] as const, z.looseObject(labelling)),
  TimelineLabels: labelled('timelinelabels', video, z.looseObject(labelling)),
  VideoRectangle: tool('videorectangle', video, z.looseObject(control)),
  VideoVector: { ...tool('videovector', video, z.looseObject({ ...control, ...vector })), ...enterprise },
  VideoVectorLabels: {
    ...labelled('videovectorlabels', video, z.looseObject({ ...labelling, ...vector })),
    ...enterprise,
  },

  // answers
  Choices: {
    ...tool(
      'choices',
      anything,
      z.looseObject({
        ...answer,
        choice: z.enum(['single', 'single-radio', 'multiple']).default('single'),
        layout: z.enum(['select', 'inline', 'vertical']).default('vertical'),
        showInline: flag().optional(),
        allowNested: flagOr(false),
        value: value().optional(),
      }),
    ),
    option: 'Choice',
    ...boundWithOptions,
  },
  Taxonomy: {
    ...tool(
      'taxonomy',
      anything,
      z.looseObject({
        ...answer,
        labeling: flagOr(false),
        leafsOnly: flagOr(false),
        showFullPath: flagOr(false),
        legacy: flagOr(false),
        pathSeparator: text().default(' / '),
        apiUrl: text().optional(),
        placeholder: text().optional(),
        minWidth: text().optional(),
        maxWidth: text().optional(),
        dropdownWidth: text().optional(),
        maxUsages: count().optional(),
        value: value().optional(),
      }),
    ),
    option: 'Choice',
  },
  TextArea: {
    ...tool(
      'textarea',
      anything,
      z.looseObject({
        ...answer,
        value: value().optional(),
        label: text().optional(),
        placeholder: text().optional(),
        rows: count().default(1),
        maxSubmissions: count().optional(),
        allowSubmit: flagOr(true),
        showSubmitButton: flag().optional(),
        editable: flagOr(false),
        transcription: flagOr(false),
        skipDuplicates: flagOr(false),
      }),
    ),
    valueKey: 'text',
    ...bound,
  },
  Number: {
    ...tool(
      'number',
      anything,
      z.looseObject({
        ...answer,
        min: decimal().optional(),
        max: decimal().optional(),
        step: decimal().optional(),
        defaultValue: decimal().optional(),
        slider: flagOr(false),
        hotkey: text().optional(),
      }),
    ),
    ...bound,
  },
  Rating: tool(
    'rating',
    anything,
    z.looseObject({
      ...answer,
      maxRating: count().default(5),
      defaultValue: count().default(0),
      icon: text().default('star'),
      size: text().default('medium'),
      hotkey: text().optional(),
    }),
  ),
  DateTime: tool(
    'datetime',
    anything,
    z.looseObject({
      ...answer,
      /** Parts that are asked for: a comma list of `date`, `time`, `month`, `year`. */
      only: text().optional(),
      /** strftime format of the result. */
      format: text().optional(),
      min: text().optional(),
      max: text().optional(),
      step: text().optional(),
      defaultValue: text().optional(),
      hotkey: text().optional(),
    }),
  ),
  Pairwise: {
    ...tool(
      'pairwise',
      anything,
      z.looseObject({
        ...control,
        selectionStyle: text().optional(),
        leftClass: text().optional(),
        rightClass: text().optional(),
      }),
    ),
    valueKey: 'selected',
  },
  Ranker: {
    ...tool('ranker', ['List'] as const, z.looseObject({ ...control, collapsible: flagOr(true) })),
    option: 'Bucket',
  },
} as const
