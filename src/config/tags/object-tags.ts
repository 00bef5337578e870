/** Tags that show the task's data, and what the field they read must hold. */

import { z } from 'zod'
import type { AttributeSchema, ObjectRow } from './tag-row.js'

const none = z.looseObject({})

const object = <D extends z.ZodType, A extends AttributeSchema>(data: D, attributes: A) =>
  ({ family: 'object', data, attributes }) satisfies ObjectRow

const record = z.record(z.string(), z.unknown())
const columns = z.record(z.string(), z.array(z.union([z.number(), z.string()])).readonly())

export const objectTags = {
  Image: object(z.string(), none),
  Text: object(z.string(), none),
  HyperText: object(z.string(), none),
  Audio: object(z.string(), none),
  AudioPlus: object(z.string(), none),
  Video: object(z.string(), none),
  Pdf: object(z.string(), none),
  Paragraphs: object(z.union([z.string(), z.array(record).readonly()]), none),
  Chat: object(z.array(record).readonly(), none),
  TimeSeries: object(z.union([z.string(), columns]), none),
  Table: object(record, none),
  List: object(z.array(z.unknown()).readonly(), none),
} as const
