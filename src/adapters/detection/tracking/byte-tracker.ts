import { assign } from './assign.js'
import { type BoxState, boxOf, correctBox, predictBox, startBox } from './box-filter.js'
import { alongLongerSide, type TurnedCorners, turnedOverlap } from './turned-corners.js'

/** What a detector found in a frame. */
export interface TrackedDetection extends TurnedCorners {
  readonly score: number
}

/** Settings of {@link createByteTracker}; frames are those that it is given. */
export interface ByteTrackerSettings {
  /** Detections from this score on are matched first. */
  readonly highThreshold: number
  /** Detections above this score are matched to what the first ones left over. */
  readonly lowThreshold: number
  /** A detection from this score on that matches nothing begins a track. */
  readonly newTrackThreshold: number
  /** For how many frames a lost track may be found again. */
  readonly buffer: number
  /** Pairs that are further apart than this (1 - overlap, or 1 - overlap × score) are not matched. */
  readonly matchThreshold: number
  /** Whether the score of a detection counts in its distance. */
  readonly fuseScore: boolean
}

/** What is followed in a frame. */
export interface TrackedBox<D extends TrackedDetection> {
  /** From 1 on, of one tracker. */
  readonly id: number
  /** The smoothed box; of a turned one the longer side is along the angle, which is the detection's. */
  readonly box: TurnedCorners
  readonly detection: D
}

export interface ByteTracker<D extends TrackedDetection> {
  /** @returns the tracks that are seen in this frame and known for sure: from their second frame on, or from the first of all */
  next(detections: readonly D[]): TrackedBox<D>[]
}

/** Overlap alone counts for weak detections and for tracks of one frame, so their limits are stricter. */
const WEAK_MATCH_THRESHOLD = 0.5
const NEW_MATCH_THRESHOLD = 0.7
/** Tracks that are closer than this are the same thing. */
const SAME = 0.15

interface Track<D extends TrackedDetection> {
  readonly id: number
  readonly firstFrame: number
  lastFrame: number
  confirmed: boolean
  status: 'seen' | 'lost' | 'removed'
  state: BoxState
  angle: number | undefined
  detection: D
}

/**
 * ByteTrack (https://arxiv.org/abs/2110.06864): sure detections are matched to tracks first, weak ones to the tracks that
 * are left, so that what is hidden in part is not lost. Classes do not count. The steps and their order are those of
 * the authors' `BYTETracker`, as Ultralytics carries it on, and so are the tracks.
 */
export function createByteTracker<D extends TrackedDetection>(settings: ByteTrackerSettings): ByteTracker<D> {
  let frame = 0
  let count = 0
  let seen: Track<D>[] = []
  let lost: Track<D>[] = []
  const removed = new WeakSet<Track<D>>()

  function begin(detection: D): Track<D> {
    const measured = alongLongerSide(detection)
    return {
      id: ++count,
      firstFrame: frame,
      lastFrame: frame,
      confirmed: frame === 1,
      status: 'seen',
      state: startBox(measured),
      angle: measured.angle,
      detection,
    }
  }

  function meet(track: Track<D>, detection: D): void {
    const measured = alongLongerSide(detection)
    track.state = correctBox(track.state, measured)
    track.angle = measured.angle
    track.detection = detection
    track.lastFrame = frame
    track.confirmed = true
    track.status = 'seen'
  }

  /** Matches what is near, and tells what is left over. */
  function match(tracks: readonly Track<D>[], detections: readonly D[], fuse: boolean, limit: number) {
    const costs = tracks.map((track) => {
      const box = placeOf(track)
      return detections.map((detection) => 1 - turnedOverlap(box, detection) * (fuse ? detection.score : 1))
    })
    const pairs = assign(costs, limit)
    const [metTracks, metDetections] = [new Set<Track<D>>(), new Set<D>()]
    for (const [row, column] of pairs) {
      const [track, detection] = [tracks[row], detections[column]]
      if (track === undefined || detection === undefined) continue
      meet(track, detection)
      metTracks.add(track)
      metDetections.add(detection)
    }
    return {
      tracks: tracks.filter((track) => !metTracks.has(track)),
      detections: detections.filter((detection) => !metDetections.has(detection)),
    }
  }

  function next(detections: readonly D[]): TrackedBox<D>[] {
    frame++
    const { highThreshold, lowThreshold, newTrackThreshold, buffer, matchThreshold, fuseScore } = settings
    const real = detections.filter(({ x1, y1, x2, y2 }) => x2 > x1 && y2 > y1)
    const sure = real.filter(({ score }) => score >= highThreshold)
    const weak = real.filter(({ score }) => score > lowThreshold && score < highThreshold)

    const unconfirmed = seen.filter(({ confirmed }) => !confirmed)
    const pool = [...seen.filter(({ confirmed }) => confirmed), ...lost]
    for (const track of pool) track.state = predictBox(track.state, track.status === 'seen')

    const first = match(pool, sure, fuseScore, matchThreshold)
    const stillSeen = first.tracks.filter(({ status }) => status === 'seen')
    const second = match(stillSeen, weak, false, WEAK_MATCH_THRESHOLD)
    for (const track of second.tracks) track.status = 'lost'

    const third = match(unconfirmed, first.detections, fuseScore, NEW_MATCH_THRESHOLD)
    for (const track of third.tracks) track.status = 'removed'
    const begun = third.detections.filter(({ score }) => score >= newTrackThreshold).map(begin)

    const tooOld = lost.filter(({ status, lastFrame }) => status === 'lost' && frame - lastFrame > buffer)
    const known = [...seen, ...lost]
    seen = [...known.filter(({ status }) => status === 'seen'), ...begun]
    // A track that is given up may still be found in the next frame, and is never lost a second time.
    lost = known.filter((track) => track.status !== 'seen' && !unconfirmed.includes(track) && !removed.has(track))
    for (const track of tooOld) {
      track.status = 'removed'
      removed.add(track)
    }
    forgetDoubles()
    return seen
      .filter(({ confirmed }) => confirmed)
      .map((track) => ({ id: track.id, box: placeOf(track), detection: track.detection }))
  }

  /** Of a seen and a lost track in one place the older one stays. */
  function forgetDoubles(): void {
    const doubles = new Set<Track<D>>()
    for (const a of seen) {
      const box = placeOf(a)
      for (const b of lost) {
        if (1 - turnedOverlap(box, placeOf(b)) >= SAME) continue
        doubles.add(a.lastFrame - a.firstFrame > b.lastFrame - b.firstFrame ? b : a)
      }
    }
    seen = seen.filter((track) => !doubles.has(track))
    lost = lost.filter((track) => !doubles.has(track))
  }

  return { next }
}

/** Where a track is by its filter. */
function placeOf({ state, angle }: Pick<Track<TrackedDetection>, 'state' | 'angle'>): TurnedCorners {
  return { ...boxOf(state), ...(angle === undefined ? {} : { angle }) }
}
