/** Holds our tracks to recordings of the original's; see `test/parity/video/reference-tracks.py`. */

import { expect } from 'vitest'
import { type ByteTrackerSettings, createByteTracker } from '../../../src/adapters/detection/tracking/byte-tracker.js'

/** x1, y1, x2, y2, score, class; and of a turned box, whose corners are those before the turn, its angle. */
export type DetectionRow = readonly [number, number, number, number, number, number, number?]
/** x1, y1, x2, y2, id, index of the detection; and of a turned box its angle. */
export type TrackRow = readonly [number, number, number, number, number, number, number?]

/** The settings by the names of Ultralytics' `bytetrack.yaml`. */
export interface OriginalSettings {
  readonly track_high_thresh: number
  readonly track_low_thresh: number
  readonly new_track_thresh: number
  readonly track_buffer: number
  readonly match_thresh: number
  readonly fuse_score: boolean
}

export interface Recorded {
  readonly settings: OriginalSettings
  readonly frames: readonly (readonly DetectionRow[])[]
  readonly tracks: readonly (readonly TrackRow[])[]
}

export function follow(frames: Recorded['frames'], settings: OriginalSettings): TrackRow[][] {
  const tracker = createByteTracker<ReturnType<typeof detectionOf>>(settingsOf(settings))
  return frames.map((rows) =>
    tracker
      .next(rows.map(detectionOf))
      .map(({ id, box: { x1, y1, x2, y2, angle }, detection: { index } }): TrackRow => {
        const row = [x1, y1, x2, y2, id, index] as const
        return angle === undefined ? row : [...row, angle]
      }),
  )
}

function detectionOf([x1, y1, x2, y2, score, , angle]: DetectionRow, index: number) {
  return { x1, y1, x2, y2, score, index, ...(angle === undefined ? {} : { angle }) }
}

function settingsOf(settings: OriginalSettings): ByteTrackerSettings {
  return {
    highThreshold: settings.track_high_thresh,
    lowThreshold: settings.track_low_thresh,
    newTrackThreshold: settings.new_track_thresh,
    buffer: settings.track_buffer,
    matchThreshold: settings.match_thresh,
    fuseScore: settings.fuse_score,
  }
}

/**
 * The same detections in the same tracks, whatever the tracks are called, and boxes within a thousandth of a pixel, or
 * radian. Half a turn is none: the box is the same.
 */
export function expectSameTracks(ours: readonly (readonly TrackRow[])[], theirs: Recorded['tracks']): void {
  const names = new Map<number, number>()
  for (const [frame, tracks] of theirs.entries()) {
    const found = [...(ours[frame] ?? [])].sort(byDetection)
    const wanted = [...tracks].sort(byDetection)
    for (const row of found) if (!names.has(row[4])) names.set(row[4], wanted[found.indexOf(row)]?.[4] ?? -1)
    expect({ frame, tracks: found.map((row) => [names.get(row[4]), row[5]]) }).toEqual({
      frame,
      tracks: wanted.map((row) => [row[4], row[5]]),
    })
    const apart = found.flatMap((row, i) => {
      const sides = row.slice(0, 4).map((side = 0, j) => Math.abs(side - (wanted[i]?.[j] ?? 0)))
      return [...sides, Math.abs(Math.sin((row[6] ?? 0) - (wanted[i]?.[6] ?? 0)))]
    })
    expect(Math.max(0, ...apart)).toBeLessThan(1e-3)
  }
  expect(new Set(names.values()).size).toBe(names.size)
}

function byDetection(a: TrackRow, b: TrackRow): number {
  return a[5] - b[5]
}
