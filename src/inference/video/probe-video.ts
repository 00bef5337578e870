import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import { inputArguments, inputFile } from './input-arguments.js'
import { runProgram } from './run-program.js'
import { videoTooLarge, videoTooLong } from './video-limits.js'
import { DEFAULT_MAX_DURATION, DEFAULT_MAX_PIXELS, type VideoOptions } from './video-options.js'

/** What the header of a video says. */
export interface VideoFacts {
  /** Size in pixels as a browser shows it: turned as the file says. */
  readonly width: number
  readonly height: number
  /** Of the whole file, in seconds; absent in files that do not say it (recordings of a browser, streams). */
  readonly duration?: number
  /** Frames a second on average; absent where the file does not say it. */
  readonly frameRate?: number
}

const seconds = z.coerce.number().positive().optional().catch(undefined)

const answer = z.object({
  format: z.object({ duration: seconds }).default({ duration: undefined }),
  streams: z.array(
    z.object({
      codec_type: z.string().optional(),
      width: z.number().optional(),
      height: z.number().optional(),
      avg_frame_rate: z.string().optional(),
      duration: seconds,
      disposition: z.object({ attached_pic: z.number().optional() }).optional(),
      side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
    }),
  ),
})

const ENTRIES =
  'format=duration:stream=codec_type,width,height,avg_frame_rate,duration:stream_disposition=attached_pic:stream_side_data=rotation'

/**
 * Reads the header of a video with ffprobe.
 *
 * @throws PrelabelError `ffmpeg-missing`, `video-undecodable`, `video-timeout`, `video-without-pictures`,
 *   `video-too-large`, `video-too-long`
 */
export async function probeVideo(path: string, options: VideoOptions = {}): Promise<VideoFacts> {
  const args = [...inputArguments(options), '-show_entries', ENTRIES, '-of', 'json', inputFile(path)]
  const { ffprobe: program = 'ffprobe', timeout, signal } = options
  const chunks: Buffer[] = []
  for await (const chunk of runProgram({ program, args, path, timeout, signal })) chunks.push(chunk)
  const { format, streams } = answer.parse(JSON.parse(Buffer.concat(chunks).toString()))
  const stream = streams.find((each) => each.codec_type === 'video' && each.disposition?.attached_pic !== 1)
  if (stream === undefined) throw withoutPictures(streams.length > 0 ? 'only sound' : 'nothing')
  const { width = 0, height = 0 } = stream
  if (width === 0 || height === 0) throw withoutPictures('pictures without a size')
  const duration = format.duration ?? stream.duration
  checkLimits({ width, height, duration }, options)
  const turn = stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0
  const frameRate = ratio(stream.avg_frame_rate)
  return {
    ...(Math.round(turn / 90) % 2 === 0 ? { width, height } : { width: height, height: width }),
    ...(duration === undefined ? {} : { duration }),
    ...(frameRate === undefined ? {} : { frameRate }),
  }
}

/** `30000/1001`; `0/0` where it is not known. */
function ratio(text = '0/0'): number | undefined {
  const [above = 0, below = 1] = text.split('/').map(Number)
  const value = above / below
  return Number.isFinite(value) && value > 0 ? value : undefined
}

function checkLimits(
  { width, height, duration = 0 }: { width: number; height: number; duration: number | undefined },
  { maxPixels = DEFAULT_MAX_PIXELS, maxDuration = DEFAULT_MAX_DURATION }: VideoOptions,
): void {
  if (width * height > maxPixels) throw videoTooLarge(width, height)
  if (duration > maxDuration) throw videoTooLong(maxDuration)
}

function withoutPictures(what: string): PrelabelError {
  return new PrelabelError(`The file has no moving pictures: ${what}`, {
    code: 'video-without-pictures',
    hint: 'Give a video file; a sound or a picture goes with <Audio> or <Image>.',
  })
}
