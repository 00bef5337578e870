import { describe, expect, it } from 'vitest'
import { collectRanges } from '../../../src/adapters/detection/video/collect-ranges.js'
import { collectTracks } from '../../../src/adapters/detection/video/collect-tracks.js'
import type { Collector } from '../../../src/adapters/detection/video/collector.js'
import { videoSettings } from '../../../src/adapters/detection/video/video-settings.js'
import type { Detection, Finding } from '../../../src/results/findings.js'
import { boxToRectangle } from '../../../src/results/geometry/index.js'
import { control } from '../yolo/picture-item.js'

const PICTURE = { width: 200, height: 100 }
const NAMES = ['cat', 'dog']

const box = (label: string, score: number, x: number, y = 20): Detection => ({
  kind: 'detection',
  label,
  score,
  box: { x, y, width: 40, height: 40 },
})

/** Shows frames to a collector, `step` apart. */
function show(collector: Collector, frames: readonly (readonly Finding[])[], step = 1) {
  for (const [i, findings] of frames.entries()) collector.add({ frame: 1 + i * step, findings })
  return collector.end({
    framesCount: frames.length * step,
    duration: (frames.length * step) / 24,
    frameRate: 24,
    endsEarly: false,
  })
}

const tracks = (settings: object, attributes: Record<string, string> = {}) =>
  collectTracks(control('box', 'VideoRectangle', attributes), NAMES, PICTURE, videoSettings.parse(settings))

const steady = (count: number, label = 'cat', score = 0.9) =>
  Array.from({ length: count }, () => [box(label, score, 20)])
const nothing = (count: number) => Array.from({ length: count }, () => [])

/** Frames of the key frames, those that end a stretch negative. */
const keys = (finding: Finding | undefined) =>
  finding?.kind === 'track' ? finding.frames.map(({ frame, enabled }) => (enabled ? frame : -frame)) : undefined

describe('tracks', () => {
  it('have key frames in pixels and seconds, and go on to the end of the video', () => {
    expect(show(tracks({}), steady(10))).toEqual([
      {
        kind: 'track',
        control: 'box',
        label: 'cat',
        score: expect.closeTo(0.9, 6),
        framesCount: 10,
        duration: 10 / 24,
        unit: 'pixel',
        picture: PICTURE,
        frames: [1, 10].map((frame) => ({
          frame,
          box: { x: 20, y: 20, width: 40, height: 40 },
          enabled: true,
          time: frame / 24,
        })),
      },
    ])
  })

  it('end where the thing is last seen, and begin again where it is found', () => {
    const frames = [...steady(5), ...nothing(8), ...steady(4), ...nothing(3)]
    expect(show(tracks({}), frames).map(keys)).toEqual([[1, -5, 14, -17]])
    expect(show(tracks({ maxGap: 8 }), frames).map(keys)).toEqual([[1, -17]])
  })

  it('show a thing in the one frame in which it is found again', () => {
    const frames = [...steady(5), ...nothing(8), ...steady(1), ...nothing(8)]
    expect(show(tracks({}), frames).map(keys)).toEqual([[1, -5, -14]])
  })

  it('count frames that are not looked at', () => {
    expect(show(tracks({ maxGap: 0 }), [...steady(3), ...nothing(2), ...steady(2)], 5).map(keys)).toEqual([
      [1, -11, 26, 31],
    ])
  })

  it('have the class that the scores speak for, whatever the last frame says', () => {
    const frames = [...steady(6, 'cat', 0.6), ...steady(4, 'dog', 0.8)]
    expect(show(tracks({}), frames)).toMatchObject([{ label: 'cat', score: expect.closeTo(0.36, 6) }])
  })

  it('of too few frames are dropped', () => {
    const frames = [...steady(5), ...nothing(60), ...steady(3)]
    expect(show(tracks({}), frames).map(keys)).toEqual([
      [1, -5],
      [67, 68],
    ])
    expect(show(tracks({ minFrames: 3 }), frames).map(keys)).toEqual([[1, -5]])
  })

  it('are cut at the edges of the picture, and end outside of it', () => {
    const leaving = Array.from({ length: 12 }, (_, i) => [box('cat', 0.9, 150 + i * 6)])
    const [track] = show(tracks({ maxGap: 0 }), leaving)
    expect(keys(track)?.at(-1)).toBe(-9)
    if (track?.kind !== 'track') throw new Error('no track')
    for (const { box: shown } of track.frames) expect(shown.x + shown.width).toBeLessThanOrEqual(200)
  })

  it('leave out classes of whole frames', () => {
    const whole: Finding = { kind: 'classification', classes: [{ label: 'cat', score: 0.9 }] }
    expect(show(tracks({}), [[whole], [whole]])).toEqual([])
  })
})

describe('tracks of turned boxes', () => {
  const turned = (rotation: number, x: number, [width, height]: readonly [number, number] = [40, 16]): Finding[] => [
    {
      kind: 'detection',
      label: 'cat',
      score: 0.9,
      box: { x: x - width / 2, y: 50 - height / 2, width, height, rotation },
    },
  ]
  /** As the models say it: 0 to 90 degrees, with sides that change places in between. */
  const said = (rotation: number, x: number) =>
    rotation % 180 < 90 ? turned(rotation % 90, x) : turned(rotation % 90, x, [16, 40])
  const framesOf = (finding: Finding | undefined) => (finding?.kind === 'track' ? finding.frames : [])

  it('turn on where what the model says starts over', () => {
    const turning = Array.from({ length: 30 }, (_, i) => said(60 + i * 8, 100))
    const [track, ...others] = show(tracks({ tolerance: 0.5 }), turning)
    expect(others).toEqual([])
    const frames = framesOf(track)
    expect(frames.length).toBeLessThan(20)
    for (const { frame, box } of frames) {
      expect(box.rotation).toBeCloseTo((60 + (frame - 1) * 8) % 360, 6)
      expect([box.width, box.height]).toEqual([40, 16])
    }
  })

  it('are not cut, and end where their centre is outside', () => {
    const leaving = Array.from({ length: 20 }, (_, i) => turned(45, 150 + i * 5))
    const frames = framesOf(show(tracks({ maxGap: 0 }), leaving)[0])
    expect(frames.at(-1)).toMatchObject({ frame: 11, enabled: false, box: { x: 180, width: 40, height: 16 } })
  })

  it('begin at a corner that Label Studio takes', () => {
    const standing = turned(45, 195, [16, 40])
    const [box] = standing.flatMap((finding) => (finding.kind === 'detection' ? [finding.box] : []))
    expect(box === undefined ? 0 : boxToRectangle(box, PICTURE).x).toBeGreaterThan(100)
    const frames = framesOf(show(tracks({}), [standing, standing])[0])
    expect(frames.length).toBe(2)
    for (const { box } of frames) {
      const { x, y } = boxToRectangle(box, PICTURE)
      expect(Math.max(x, y)).toBeLessThanOrEqual(100)
    }
  })
})

describe('ranges', () => {
  const ranges = (settings: object, attributes: Record<string, string> = {}) =>
    collectRanges(
      control('when', 'TimelineLabels', attributes),
      NAMES,
      { scoreThreshold: 0.5, labelThresholds: { dog: 0.8 } },
      videoSettings.parse(settings),
    )
  const rangesOf = (findings: readonly Finding[]) =>
    findings.map((finding) =>
      finding.kind === 'timeline'
        ? [finding.label, ...finding.ranges.flatMap(({ start, end }) => [start, end])]
        : undefined,
    )

  it('bridge short gaps and leave out short stretches', () => {
    const frames = [...steady(3), ...nothing(5), ...steady(3), ...nothing(6), ...steady(1), ...nothing(6), ...steady(2)]
    expect(rangesOf(show(ranges({}), frames))).toEqual([
      ['cat', 1, 11],
      ['cat', 25, 26],
    ])
    expect(rangesOf(show(ranges({ minFrames: 1, maxGap: 0 }), frames))).toEqual([
      ['cat', 1, 3],
      ['cat', 9, 11],
      ['cat', 18, 18],
      ['cat', 25, 26],
    ])
  })

  it('are of each class for itself, above its threshold', () => {
    const frames = Array.from({ length: 4 }, (_, i) => [
      box('cat', 0.6, 20),
      box('cat', 0.4, 90),
      box('dog', i < 2 ? 0.7 : 0.9, 50),
    ])
    const found = show(ranges({}), frames)
    expect(rangesOf(found)).toEqual([
      ['cat', 1, 4],
      ['dog', 3, 4],
    ])
    expect(found).toMatchObject([{ score: expect.closeTo(0.6, 6) }, { score: expect.closeTo(0.9, 6) }])
    expect(rangesOf(show(ranges({}, { model_score_threshold: '0.65' }), frames))).toEqual([['dog', 3, 4]])
  })
})
