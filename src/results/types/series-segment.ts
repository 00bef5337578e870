import { z } from 'zod'
import { checkOrder } from './audio-segment.js'
import { defineShape, type Place, type Problem } from './shape-type.js'
import { isInTimeFormat } from './time-format.js'

/** A stretch of a time series, in values of its time column: numbers, or text in the `timeFormat` of the tag. */
export interface SeriesSegmentShape {
  readonly kind: 'series-segment'
  readonly start: number | string
  readonly end: number | string
  /** A moment, not a stretch. @default false */
  readonly instant?: boolean
}

const time = z.union([z.number(), z.string()], 'must be a value of the time column')
const value = z.object({ start: time, end: time, instant: z.boolean().exactOptional() })
export type SeriesSegmentValue = Readonly<z.infer<typeof value>>

export const seriesSegment = defineShape<SeriesSegmentShape, SeriesSegmentValue>({
  kind: 'series-segment',
  schema: value,
  toValue: ({ start, end, instant = false }) => ({ start, end, instant }),
  fromValue: ({ start, end, instant = false }) => ({ kind: 'series-segment', start, end, instant }),
  check: ({ start, end, instant }, place) => [
    ...checkFormat(start, 'start', place),
    ...checkFormat(end, 'end', place),
    ...(typeof start === 'number' && typeof end === 'number' ? checkOrder(start, end) : []),
    ...(instant === undefined
      ? [
          {
            code: 'missing-default',
            severity: 'warning',
            key: 'instant',
            message: "instant is missing: the editor takes false, Label Studio's server refuses it",
            hint: 'Write `instant: false`.',
          } as const,
        ]
      : []),
  ],
})

/** A text that is not in the format of the time column is no time to the editor. */
function checkFormat(time: string | number, key: string, { object }: Place): Problem[] {
  const format = object.attributes.timeFormat
  if (typeof time === 'number' || !format || isInTimeFormat(time, format)) return []
  return [
    {
      code: 'invalid-series-time',
      severity: 'error',
      key,
      message: `${key} is ${JSON.stringify(time)}, which is not in the time format ${format}`,
      hint: 'Write times as the time column does, in UTC.',
    },
  ]
}
