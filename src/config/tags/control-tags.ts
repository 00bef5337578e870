/** Tags that results come from: what they can be about, and how their results look. */

import { z } from 'zod'
import type { ControlRow } from './tag-row.js'

const none = z.looseObject({})

/** A tool that draws regions: `Rectangle` and its labelled twin differ in name and in having labels. */
const region = <T extends string>(resultType: T, objects: readonly string[]) =>
  ({ family: 'control', objects, resultType, valueKey: resultType, attributes: none }) satisfies ControlRow

const labelled = <T extends string>(resultType: T, objects: readonly string[]) =>
  ({ ...region(resultType, objects), option: 'Label' }) satisfies ControlRow

const image = ['Image'] as const
const anything = [] as const

export const controlTags = {
  RectangleLabels: labelled('rectanglelabels', image),
  EllipseLabels: labelled('ellipselabels', image),
  PolygonLabels: labelled('polygonlabels', image),
  KeyPointLabels: labelled('keypointlabels', image),
  BrushLabels: labelled('brushlabels', image),
  BitmaskLabels: labelled('bitmasklabels', image),
  VectorLabels: labelled('vectorlabels', image),
  OcrLabels: labelled('ocrlabels', ['Image', 'Pdf']),
  Rectangle: region('rectangle', image),
  Ellipse: region('ellipse', image),
  Polygon: region('polygon', image),
  KeyPoint: region('keypoint', image),
  Brush: region('brush', image),
  Bitmask: region('bitmask', image),
  Vector: region('vector', image),
  MagicWand: region('magicwand', image),
  Labels: labelled('labels', anything),
  HyperTextLabels: labelled('hypertextlabels', ['HyperText']),
  ParagraphLabels: labelled('paragraphlabels', ['Paragraphs']),
  TimeSeriesLabels: labelled('timeserieslabels', ['TimeSeries']),
  TimelineLabels: labelled('timelinelabels', ['Video']),
  VideoRectangle: region('videorectangle', ['Video']),
  VideoVector: region('videovector', ['Video']),
  VideoVectorLabels: labelled('videovectorlabels', ['Video']),
  Choices: { ...region('choices', anything), option: 'Choice' },
  Taxonomy: { ...region('taxonomy', anything), option: 'Choice' },
  TextArea: { ...region('textarea', anything), valueKey: 'text' },
  Number: region('number', anything),
  Rating: region('rating', anything),
  DateTime: region('datetime', anything),
  Pairwise: { ...region('pairwise', anything), valueKey: 'selected' },
  Ranker: { ...region('ranker', ['List']), option: 'Bucket' },
} as const
