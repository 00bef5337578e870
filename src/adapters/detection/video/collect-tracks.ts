import type { ControlTag } from '../../../config/index.js'
import type { Size } from '../../../inference/pictures/letterbox.js'
import type { Box, Finding, Track, TrackFrame } from '../../../results/findings.js'
import { createByteTracker, type TrackedDetection } from '../tracking/byte-tracker.js'
import type { Collector, VideoLength } from './collector.js'
import { continuedBox } from './continued-box.js'
import { type PlacedBox, thinKeyFrames } from './thin-key-frames.js'
import { type ParsedVideoSettings, trackerSettings } from './video-settings.js'

interface LabelledDetection extends TrackedDetection {
  readonly label: string
  readonly box: Box
}

interface History {
  /** Boxes in pixels, with which of the looked-at frames it was. */
  readonly boxes: (PlacedBox & { readonly turn: number })[]
  /** The sum of scores by class. */
  readonly votes: Map<string, number>
}

/**
 * Follows things through a video, for a `<VideoRectangle>`. A track is of the class that has the largest sum of scores in
 * its frames; its score is that sum over its frames. Its boxes are those of the model, since the tracker's own, which are
 * smoothed, come behind where things speed up.
 *
 * @param picture size of a frame, pixels
 */
export function collectTracks(
  control: ControlTag,
  names: readonly string[],
  picture: Size,
  settings: ParsedVideoSettings,
): Collector {
  const { tracker: trackerOptions, floor } = trackerSettings(control, settings)
  const tracker = createByteTracker<LabelledDetection>(trackerOptions)
  const histories = new Map<number, History>()
  let turn = 0

  return {
    floors: new Float32Array(names.length).fill(floor),
    add({ frame, findings }) {
      turn++
      const detections = findings.flatMap((finding) => toDetection(finding, floor))
      for (const { id, detection } of tracker.next(detections)) {
        const history: History = histories.get(id) ?? { boxes: [], votes: new Map() }
        const box = continuedBox(detection.box, history.boxes.at(-1)?.box, picture)
        if (box === undefined) continue
        histories.set(id, history)
        history.boxes.push({ frame, turn, box })
        history.votes.set(detection.label, (history.votes.get(detection.label) ?? 0) + detection.score)
      }
    },
    end(length) {
      const enough = Math.min(settings.minFrames, turn)
      return [...histories.values()]
        .filter(({ boxes }) => boxes.length >= enough)
        .map((history) =>
          toTrack(history, { ...length, lastTurn: length.endsEarly ? undefined : turn }, picture, settings),
        )
        .map((track) => ({ ...track, control: control.name }))
    },
  }
}

/** Boxes, and the boxes of masks and skeletons. */
function toDetection(finding: Finding, floor: number): LabelledDetection[] {
  if (!('box' in finding) || finding.box === undefined) return []
  const { label, score = 1, box } = finding
  if (score <= floor) return []
  const corners = { x1: box.x, y1: box.y, x2: box.x + box.width, y2: box.y + box.height }
  const angle = box.rotation === undefined ? {} : { angle: (box.rotation * Math.PI) / 180 }
  return [{ label, score, box, ...corners, ...angle }]
}

function toTrack(
  { boxes, votes }: History,
  { framesCount, duration, frameRate, lastTurn }: VideoLength & { readonly lastTurn: number | undefined },
  picture: Size,
  { maxGap, tolerance }: ParsedVideoSettings,
): Track {
  const [[label, sum] = ['', 0]] = [...votes].sort(([, a], [, b]) => b - a)
  const frames = stretchesOf(boxes, maxGap).flatMap((stretch) => {
    const keys = thinKeyFrames(stretch, tolerance)
    return keys.map(({ frame, turn, box }, i): TrackFrame => {
      // What is seen in the last frame goes on; else the editor would show it until the next stretch.
      const ends = i === keys.length - 1 && turn !== lastTurn
      return {
        frame,
        box,
        enabled: !ends,
        time: frame / frameRate,
      }
    })
  })
  return {
    kind: 'track',
    label,
    score: Math.min(1, sum / boxes.length),
    frames,
    framesCount,
    duration,
    unit: 'pixel',
    picture: { width: picture.width, height: picture.height },
  }
}

/** Parts of a track in which no more than `maxGap` frames are missing between two. */
function stretchesOf<B extends { readonly turn: number }>(boxes: readonly B[], maxGap: number): B[][] {
  const stretches: B[][] = []
  for (const box of boxes) {
    const current = stretches.at(-1)
    const before = current?.at(-1)
    if (current === undefined || before === undefined || box.turn - before.turn - 1 > maxGap) stretches.push([box])
    else current.push(box)
  }
  return stretches
}
