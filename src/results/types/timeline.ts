import { z } from 'zod'
import { defineShape } from './shape-type.js'

/** Stretches of frames of a video. */
export interface TimelineShape {
  readonly kind: 'timeline'
  /** 1-based frames, both ends included. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
}

const value = z.object({
  ranges: z.array(z.object({ start: z.int(), end: z.int() }).readonly()).readonly(),
})
export type TimelineValue = Readonly<z.infer<typeof value>>

export const timeline = defineShape<TimelineShape, TimelineValue>({
  kind: 'timeline',
  schema: value,
  toValue: ({ ranges }) => ({ ranges: ranges.map(({ start, end }) => ({ start, end })) }),
  fromValue: ({ ranges }) => ({ kind: 'timeline', ranges }),
  check({ ranges }) {
    if (ranges.length === 0)
      return [{ code: 'empty-region', severity: 'error', key: 'ranges', message: 'there is no range of frames' }]
    return ranges.flatMap(({ start, end }, index) => {
      const key = `ranges[${index}]`
      if (start < 1)
        return [
          {
            code: 'out-of-range',
            severity: 'error' as const,
            key: `${key}.start`,
            message: `frame ${start} is before the first: frames count from 1`,
          },
        ]
      if (end >= start) return []
      return [
        {
          code: 'inverted-segment',
          severity: 'error' as const,
          key: `${key}.end`,
          message: `end ${end} is before start ${start}`,
        },
      ]
    })
  },
})
