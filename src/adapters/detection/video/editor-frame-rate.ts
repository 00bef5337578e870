import { type ObjectTag, readField } from '../../../config/index.js'

/** What the editor takes where a `<Video>` says nothing, or nothing that is a number. */
const DEFAULT_RATE = 24

/**
 * How many frames a second the editor counts in a video: the `frameRate` of its tag, as a number or as a field of the
 * task; below 1 it is the seconds of a frame. The file's own rate does not count there.
 */
export function editorFrameRate(video: ObjectTag, data: Readonly<Record<string, unknown>>): number {
  const written = video.attributes.frameRate ?? ''
  const [, field] = /^\$([\w[\].{}]+)$/.exec(written) ?? []
  const rate = Number(field === undefined ? written : readField({ ...video, field }, data))
  if (!Number.isFinite(rate) || rate <= 0) return DEFAULT_RATE
  return rate < 1 ? 1 / rate : rate
}
