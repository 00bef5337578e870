import { z } from 'zod'
import type { Unit } from '../findings.js'
import { readUnit } from './percent.js'
import { checkRectangle, clampRectangle, fromRectangleValue, rectangleValue, toRectangleValue } from './rectangle.js'
import { defineShape, type Place, type Problem } from './shape-type.js'

/** A rectangle at one frame. Between key frames the editor moves it in a straight line. */
export interface KeyFrame {
  /** 1-based. */
  readonly frame: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Degrees, clockwise about (x, y). @default 0 */
  readonly rotation?: number
  /** False ends a stretch in which it is seen. @default true */
  readonly enabled?: boolean
  /** Seconds. @default the frame by the frame rate of the video */
  readonly time?: number
}

/** A rectangle that is followed through a video. */
export interface TrackShape {
  readonly kind: 'track'
  readonly framesCount: number
  /** Seconds. */
  readonly duration: number
  readonly frames: readonly KeyFrame[]
  readonly unit: Unit
}

const keyFrame = rectangleValue.extend({
  frame: z.int(),
  enabled: z.boolean().exactOptional(),
  time: z.number().exactOptional(),
})
type KeyFrameValue = Readonly<z.infer<typeof keyFrame>>
const value = z.object({
  framesCount: z.number().exactOptional(),
  duration: z.number().exactOptional(),
  sequence: z.array(keyFrame.readonly()).readonly(),
})
/** Percent of the video's picture; frames count from 1; `time` is frame / frame rate. */
export type TrackValue = Readonly<z.infer<typeof value>>

export const videoTrack = defineShape<TrackShape, TrackValue>({
  kind: 'track',
  schema: value,
  toValue: ({ framesCount, duration, frames, unit }, place) => ({
    framesCount,
    duration,
    sequence: frames.map((frame) => ({
      frame: frame.frame,
      enabled: frame.enabled ?? true,
      ...toRectangleValue({ ...frame, unit }, place),
      time: frame.time ?? frame.frame / frameRate(framesCount, duration, place),
    })),
  }),
  fromValue: ({ framesCount = 0, duration = 0, sequence }, place) => ({
    kind: 'track',
    framesCount,
    duration,
    frames: sequence.map((frame) => ({
      frame: frame.frame,
      ...fromRectangleValue(frame, place),
      enabled: frame.enabled ?? true,
      ...(frame.time === undefined ? {} : { time: frame.time }),
    })),
    unit: readUnit(place),
  }),
  check: (track) => [
    ...missing(track.framesCount, 'framesCount'),
    ...missing(track.duration, 'duration'),
    ...checkFrames(track),
  ],
  clamp(track) {
    const sequence = track.sequence.flatMap((frame) => clampRectangle(frame) ?? [])
    return sequence.length === 0 ? undefined : { ...track, sequence }
  },
})

/** Frames a second: from the track itself, else the `frameRate` of the tag (below 1 it is seconds a frame), else 24. */
export function frameRate(framesCount: number, duration: number, { object }: Place): number {
  if (framesCount > 0 && duration > 0) return framesCount / duration
  const rate = Number(object.attributes.frameRate)
  if (!(rate > 0)) return 24
  return rate < 1 ? 1 / rate : rate
}

function checkFrames({ sequence, framesCount = Infinity }: TrackValue): Problem[] {
  if (sequence.length === 0)
    return [{ code: 'empty-region', severity: 'error', key: 'sequence', message: 'there is no key frame' }]
  return sequence.flatMap((frame, index) => checkFrame(frame, `sequence[${index}].`, framesCount, sequence[index - 1]))
}

function checkFrame(frame: KeyFrameValue, prefix: string, last: number, before: KeyFrameValue | undefined): Problem[] {
  const problems = [...checkRectangle(frame, prefix), ...missing(frame.time, `${prefix}time`)]
  const wrong = (message: string) =>
    problems.push({ code: 'out-of-range', severity: 'error', key: `${prefix}frame`, message })
  if (frame.frame < 1) wrong(`frame ${frame.frame} is before the first: frames count from 1`)
  else if (frame.frame > last) wrong(`frame ${frame.frame} is after the last, ${last}`)
  else if (before !== undefined && frame.frame <= before.frame)
    wrong(`frame ${frame.frame} is not after the one before`)
  return problems
}

function missing(number: number | undefined, key: string): Problem[] {
  if (number !== undefined) return []
  return [
    {
      code: 'missing-default',
      severity: 'warning',
      key,
      message: `${key} is missing: the editor works it out, Label Studio's server refuses it`,
    },
  ]
}
