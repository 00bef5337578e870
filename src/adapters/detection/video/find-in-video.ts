import type { ControlTag, ObjectTag } from '../../../config/index.js'
import { probeVideo, readFrames, type VideoFacts } from '../../../inference/video/index.js'
import type { Finding } from '../../../results/findings.js'
import type { Logger } from '../../adapter.js'
import { controlThresholds, type ThresholdOptions } from '../control-thresholds.js'
import { collectRanges } from './collect-ranges.js'
import { collectTracks } from './collect-tracks.js'
import type { Collector } from './collector.js'
import { editorFrameRate } from './editor-frame-rate.js'
import { type FrameModel, lookAtFrames } from './look-at-frames.js'
import type { ParsedVideoSettings } from './video-settings.js'

/** A video of a task, and the controls that are to be filled. */
export interface VideoItem {
  readonly path: string
  readonly object: ObjectTag
  readonly data: Readonly<Record<string, unknown>>
  readonly controls: readonly ControlTag[]
}

/** What of an adapter's options counts for videos. */
export interface VideoFindOptions extends ThresholdOptions {
  readonly video: ParsedVideoSettings
  readonly maxPixels?: number | undefined
}

/**
 * Finds tracks and ranges of frames in a video. Frames are counted as the editor counts them, by the `frameRate` of the
 * tag, and the video is read at these moments, whatever the rate of the file.
 *
 * @throws PrelabelError the `ffmpeg-…` and `video-…` codes
 */
export async function findInVideo(
  model: FrameModel,
  { path, object, data, controls }: VideoItem,
  options: VideoFindOptions,
  { signal, logger }: { readonly signal: AbortSignal; readonly logger: Logger },
): Promise<Finding[]> {
  const { video, maxPixels } = options
  const reading = { ...video, maxPixels, signal }
  const facts = await probeVideo(path, reading)
  const frameRate = editorFrameRate(object, data)
  sayRates(object, frameRate, facts, logger)
  const framesCount = facts.duration === undefined ? undefined : Math.max(1, Math.round(facts.duration * frameRate))
  const collectors = controls.map((control) => collectorFor(control, model.names, facts, options))
  const floors = lowest(collectors, model.names.length)
  const sampling = { frameRate, step: video.frameStep, ...(framesCount === undefined ? {} : { last: framesCount }) }
  let last = 1
  for await (const seen of lookAtFrames(readFrames(path, facts, sampling, reading), model, floors, signal)) {
    for (const collector of collectors) collector.add(seen)
    last = seen.frame
  }
  const length = {
    framesCount: framesCount ?? last,
    duration: facts.duration ?? last / frameRate,
    frameRate,
    endsEarly: (framesCount ?? last) - last > video.frameStep + frameRate * MISSING_SECONDS,
  }
  if (length.endsEarly)
    logger.warn(
      { object: object.path, framesCount, last },
      'the video has no pictures after the frame `last`: it is cut short, or only its sound goes on',
    )
  return collectors.flatMap((collector) => collector.end(length))
}

function collectorFor(
  control: ControlTag,
  names: readonly string[],
  facts: VideoFacts,
  options: VideoFindOptions,
): Collector {
  if (control.tag === 'TimelineLabels') return collectRanges(control, names, options, options.video)
  const collector = collectTracks(control, names, facts, options.video)
  const { assign } = controlThresholds(names, [control], [control], options)
  return { ...collector, end: (length) => assign(collector.end(length)) }
}

function lowest(collectors: readonly Collector[], classes: number): Float32Array {
  return Float32Array.from({ length: classes }, (_, index) =>
    Math.min(1, ...collectors.map(({ floors }) => floors[index] ?? 1)),
  )
}

/** A picture stream may end a little before its sound. */
const MISSING_SECONDS = 0.5

const SAME_RATE = 0.01

function sayRates({ path }: ObjectTag, editor: number, { frameRate: file }: VideoFacts, logger: Logger): void {
  if (file === undefined || Math.abs(file - editor) < SAME_RATE) return
  logger.info(
    { object: path, editor, file },
    'the editor counts other frames than the file has: give the rate of the file as `frameRate` of the tag to see each one',
  )
}
