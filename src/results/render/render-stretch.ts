/** Stretches of time, of frames, and tracks through them. */

import { PrelabelError } from '../../errors.js'
import type { BuiltResult } from '../builder.js'
import type { Box, Segment, Timeline, Track } from '../findings.js'
import { boxToRectangle, clampBox, convertBox } from '../geometry/index.js'
import { writeTime } from '../types/time-format.js'
import { sizeOf } from './surface-of.js'
import type { Target } from './target.js'

/** The region of a stretch of time, on a control that marks sound or a series. */
export function renderSegment({ start, end, channel }: Segment, target: Target): BuiltResult {
  const { control, builder, label, options } = target
  if (control.tag === 'TimeSeriesLabels') {
    const times = { start: seriesTime(start, target), end: seriesTime(end, target) }
    return builder.seriesSegment({ ...times, instant: times.start === times.end, ...label, ...options })
  }
  return builder.segment({ start, end, ...(channel === undefined ? {} : { channel }), ...label, ...options })
}

/**
 * A time as the series writes it: as it is, or from seconds since 1970 in the `timeFormat` of the tag.
 *
 * @throws PrelabelError `unwritable-time`
 */
function seriesTime(time: number, { object }: Target): number | string {
  const format = object.attributes.timeFormat
  if (!format) return time
  const text = writeTime(time, format)
  if (text !== undefined) return text
  throw new PrelabelError(`the time ${time} cannot be written in the time format ${format}`, {
    code: 'unwritable-time',
    path: object.path,
    hint: 'Give seconds since 1970-01-01 (UTC); for a format with rarer directives build the region with `seriesSegment` and times as text.',
  })
}

/** The region of stretches of frames, on a control that marks them. */
export function renderTimeline({ ranges }: Timeline, { builder, label, options }: Target): BuiltResult {
  return builder.timeline({ ranges, ...label, ...options })
}

/** The region of a thing followed through a video, on a control that follows things. */
export function renderTrack(track: Track, target: Target): BuiltResult {
  const { builder, label, options } = target
  const { framesCount, duration } = track
  const frames = track.frames.map(({ frame, box, enabled, time }) => ({
    frame,
    ...rectangleOf(box, track, target),
    ...(enabled === undefined ? {} : { enabled }),
    ...(time === undefined ? {} : { time }),
  }))
  return builder.track({ framesCount, duration, frames, unit: 'percent', ...label, ...options })
}

/** Only pixels and turned boxes need the size of the video's picture. */
function rectangleOf(box: Box, { unit = 'percent', picture }: Track, target: Target): Box {
  const upright = (box.rotation ?? 0) % 360 === 0
  if (upright && unit !== 'pixel') {
    const percent = convertBox({ ...box, rotation: 0 }, unit, 'percent', { width: 1, height: 1 })
    return clampBox(percent, { width: 100, height: 100 }) ?? percent
  }
  const size = picture ?? sizeOf(target)
  const pixels = convertBox(box, unit, 'pixel', size)
  return boxToRectangle(clampBox(pixels, size) ?? pixels, size)
}
