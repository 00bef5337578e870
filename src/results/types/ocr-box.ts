import { z } from 'zod'
import { checkRotation, readUnit } from './percent.js'
import {
  checkRectangle,
  clampRectangle,
  fromRectangleValue,
  type RectangleShape,
  rectangleValue,
  toRectangleValue,
} from './rectangle.js'
import { defineShape } from './shape-type.js'

/** A rectangle with the text that stands in it (`<OcrLabels>`, Label Studio Enterprise; after the SDK's classes). */
export interface OcrBoxShape extends Omit<RectangleShape, 'kind'> {
  readonly kind: 'ocr'
  readonly text?: string
  /** 0-based page of a PDF. */
  readonly page?: number
}

const value = rectangleValue.extend({ ocrtext: z.string().exactOptional(), pageIndex: z.int().exactOptional() })
export type OcrBoxValue = Readonly<z.infer<typeof value>>

export const ocrBox = defineShape<OcrBoxShape, OcrBoxValue>({
  kind: 'ocr',
  schema: value,
  toValue: ({ text, page, ...box }, place) => ({
    ...toRectangleValue(box, place),
    ...(text === undefined ? {} : { ocrtext: text }),
    ...(page === undefined ? {} : { pageIndex: page }),
  }),
  fromValue: (box, place) => ({
    kind: 'ocr',
    ...fromRectangleValue(box, place),
    unit: readUnit(place),
    ...(box.ocrtext === undefined ? {} : { text: box.ocrtext }),
    ...(box.pageIndex === undefined ? {} : { page: box.pageIndex }),
  }),
  check: (box) => [...checkRectangle(box), ...checkRotation(box.rotation)],
  clamp: clampRectangle,
})
