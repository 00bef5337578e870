import { z } from 'zod'
import { clampNumber } from '../geometry/clamp.js'
import { defineShape, type Problem } from './shape-type.js'

/** A stretch of sound, in seconds. */
export interface AudioSegmentShape {
  readonly kind: 'segment'
  readonly start: number
  readonly end: number
  /** 0-based. @default 0 */
  readonly channel?: number
}

const value = z.object({ start: z.number(), end: z.number(), channel: z.int().exactOptional() })
/** Seconds; `original_length` beside it is the length of the sound. */
export type AudioSegmentValue = Readonly<z.infer<typeof value>>

export const audioSegment = defineShape<AudioSegmentShape, AudioSegmentValue>({
  kind: 'segment',
  schema: value,
  toValue: ({ start, end, channel = 0 }) => ({ start, end, channel }),
  fromValue: ({ start, end, channel = 0 }) => ({ kind: 'segment', start, end, channel }),
  check({ start, end, channel = 0 }, { duration }) {
    const problems = checkOrder(start, end)
    if (start < 0) problems.push(outside('start', `start is ${start}, before the beginning`))
    if (duration !== undefined && end > duration + TOLERANCE)
      problems.push(outside('end', `end is ${end}, but the sound is ${duration} seconds long`))
    if (channel < 0)
      problems.push({ code: 'out-of-range', severity: 'error', key: 'channel', message: `channel is ${channel}` })
    return problems
  },
  clamp(segment, { duration = Infinity }) {
    const start = clampNumber(segment.start, 0, duration)
    const end = clampNumber(segment.end, 0, duration)
    return start < end ? { ...segment, start, end } : undefined
  },
})

/** Decoders differ by a frame or so in what they say of a file's length. */
const TOLERANCE = 0.1

/** Problems of a stretch that ends before it begins. */
export function checkOrder(start: number, end: number): Problem[] {
  if (start <= end) return []
  return [{ code: 'inverted-segment', severity: 'warning', key: 'end', message: `end ${end} is before start ${start}` }]
}

function outside(key: string, message: string): Problem {
  return { code: 'outside-sound', severity: 'warning', key, message }
}
