import { z } from 'zod'
import type { ControlTag } from '../../../config/index.js'
import type { ByteTrackerSettings } from '../tracking/byte-tracker.js'

const fraction = z.number().min(0).max(1)
const count = z.int().positive()
const number = z.int().min(0)

/** The option `video` of detectors. */
export const videoSettings = z.strictObject({
  ffmpeg: z.string().min(1).optional(),
  ffprobe: z.string().min(1).optional(),
  maxDuration: z.number().positive().optional(),
  timeout: count.optional(),
  frameStep: count.default(1),
  minFrames: count.default(2),
  maxGap: number.default(5),
  tolerance: z.number().min(0).default(2),
  tracker: z
    .strictObject({
      highThreshold: fraction.default(0.25),
      lowThreshold: fraction.default(0.1),
      newTrackThreshold: fraction.default(0.25),
      buffer: number.default(30),
      matchThreshold: fraction.default(0.8),
      fuseScore: z.boolean().default(true),
    })
    .prefault({}),
})

/** Settings with their defaults filled in. */
export type ParsedVideoSettings = z.output<typeof videoSettings>

/** How a detector works on videos. Frames are those that are looked at. */
export interface VideoSettings {
  /** @default 'ffmpeg', looked for in PATH */
  readonly ffmpeg?: string
  /** @default 'ffprobe', looked for in PATH */
  readonly ffprobe?: string
  /** Longer videos fail instead of being decoded; seconds. @default 3600 */
  readonly maxDuration?: number
  /** For how long ffmpeg may give nothing while it is waited for; milliseconds. @default 60000 */
  readonly timeout?: number
  /** Every how many frames one is looked at. @default 1 */
  readonly frameStep?: number
  /** Tracks and ranges of fewer frames are dropped. @default 2 */
  readonly minFrames?: number
  /** Over this many frames in which a thing is not seen its track, or its range, goes on. @default 5 */
  readonly maxGap?: number
  /** A frame is no key frame when the line between its neighbours is no further from it than this; pixels. @default 2 */
  readonly tolerance?: number
  /** ByteTrack, with the defaults of Ultralytics. */
  readonly tracker?: Partial<ByteTrackerSettings>
}

/** What of the settings changes findings. */
export function describeVideo({ frameStep, minFrames, maxGap, tolerance, tracker }: ParsedVideoSettings) {
  return { frameStep, minFrames, maxGap, tolerance, tracker }
}

/**
 * Settings of the tracker for one control: the attributes of the Python backend go before the options.
 *
 * @returns with `floor`, the score above which the model's boxes are taken at all
 */
export function trackerSettings(
  { attributes }: ControlTag,
  { tracker }: ParsedVideoSettings,
): { readonly tracker: ByteTrackerSettings; readonly floor: number } {
  const written = (name: string) => readNumber(attributes[`bytetrack_${name}`])
  const lowThreshold = written('track_low_thresh') ?? tracker.lowThreshold
  return {
    tracker: {
      highThreshold: written('track_high_thresh') ?? tracker.highThreshold,
      lowThreshold,
      newTrackThreshold: written('new_track_thresh') ?? tracker.newTrackThreshold,
      buffer: written('track_buffer') ?? tracker.buffer,
      matchThreshold: written('match_thresh') ?? tracker.matchThreshold,
      fuseScore: readFlag(attributes.bytetrack_fuse_score) ?? tracker.fuseScore,
    },
    floor: readNumber(attributes.model_conf) ?? lowThreshold,
  }
}

function readNumber(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}

function readFlag(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : ['true', '1', 'yes'].includes(text.toLowerCase())
}
