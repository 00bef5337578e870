import { PrelabelError } from '../../errors.js'
import type { Pixels } from '../pictures/pixels.js'
import { inputArguments, inputFile } from './input-arguments.js'
import type { VideoFacts } from './probe-video.js'
import { runProgram } from './run-program.js'
import { videoTooLong } from './video-limits.js'
import { DEFAULT_MAX_DURATION, type VideoOptions } from './video-options.js'

/** Which moments of a video are read. */
export interface Sampling {
  /** Frames a second, as they are counted: frame n begins at (n - 1) / frameRate seconds. It need not be that of the file. */
  readonly frameRate: number
  /** Every how many frames one is read. @default 1 */
  readonly step?: number
  /** The number of the last frame; all that there are without it. */
  readonly last?: number
}

/** A moment of a video. */
export interface VideoFrame {
  /** From 1 on. */
  readonly frame: number
  readonly pixels: Pixels
}

/** The browser seeks to a time a little after the beginning of a frame; seconds. */
const AFTER_BEGIN = 0.002

/**
 * The pictures of a video as a browser shows them at frame 1, 1 + step, 1 + 2 × step, …, turned as the file says, of
 * full size. Between two pictures of the file the earlier one is shown; where frames are counted faster than the file
 * changes, a picture comes again with equal bytes. They are decoded by ffmpeg in a process of its own, which waits while
 * nobody asks for the next one: one frame is in memory, whatever the length of the video.
 *
 * @param facts of the same file
 * @throws PrelabelError `ffmpeg-missing`, `video-undecodable`, `video-timeout`, `video-empty`, `video-too-long`
 */
export async function* readFrames(
  path: string,
  { width, height }: VideoFacts,
  { frameRate, step = 1, last = Number.POSITIVE_INFINITY }: Sampling,
  options: VideoOptions = {},
): AsyncGenerator<VideoFrame> {
  const filters = [
    // In microseconds, so that the shift is not lost in the clock of the file.
    'settb=AVTB',
    `setpts=PTS-${AFTER_BEGIN * 1_000_000}`,
    `fps=fps=${frameRate}/${step}:round=up:start_time=0`,
    `scale=${width}:${height}`,
    'format=rgb24',
  ].join(',')
  const args = [
    ...['-nostdin', ...inputArguments(options)],
    // A change of size in the middle is scaled to the first size instead of beginning anew.
    ...['-reinit_filter', '0', '-i', inputFile(path)],
    ...['-map', '0:V:0', '-vf', filters, '-f', 'rawvideo', 'pipe:1'],
  ]
  const { ffmpeg: program = 'ffmpeg', maxDuration = DEFAULT_MAX_DURATION, timeout, signal } = options
  const size = width * height * 3
  let frame = 1
  let filled = 0
  let data = Buffer.allocUnsafeSlow(size)
  for await (const chunk of runProgram({ program, args, path, timeout, signal })) {
    for (let from = 0; from < chunk.length; ) {
      const taken = chunk.copy(data, filled, from)
      from += taken
      filled += taken
      if (filled < size) continue
      // Files that do not say how long they are may go on for ever.
      if (frame > maxDuration * frameRate + 1) throw videoTooLong(maxDuration)
      yield { frame, pixels: { width, height, data } }
      frame += step
      if (frame > last) return
      filled = 0
      data = Buffer.allocUnsafeSlow(size)
    }
  }
  if (frame === 1)
    throw new PrelabelError('The video has no frame that can be decoded', {
      code: 'video-empty',
      hint: 'Play the file in a browser; export it again if nothing is shown.',
    })
}
