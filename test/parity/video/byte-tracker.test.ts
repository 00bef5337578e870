/** Against Ultralytics' own tracker, on scenes of this run: needs a python with ultralytics and lap (PRELABEL_ULTRALYTICS_PYTHON). */

import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import {
  type DetectionRow,
  expectSameTracks,
  follow,
  type OriginalSettings,
  type Recorded,
} from '../../adapters/video/tracking.js'

const python = process.env.PRELABEL_ULTRALYTICS_PYTHON
if (python === undefined) console.info('skipped: PRELABEL_ULTRALYTICS_PYTHON names no python with ultralytics and lap')
const SCENES = 60

const defaults: OriginalSettings = {
  track_high_thresh: 0.25,
  track_low_thresh: 0.1,
  new_track_thresh: 0.25,
  track_buffer: 30,
  match_thresh: 0.8,
  fuse_score: true,
}

/** Mulberry32: the same scenes from the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Things on straight paths that bounce off the edges, are missed, seen weakly, and hidden for whole stretches. */
function scene(seed: number): Recorded['frames'] {
  const random = randomFrom(seed)
  const between = (low: number, high: number) => low + (high - low) * random()
  const things = Array.from({ length: 2 + Math.floor(between(0, 8)) }, () => ({
    x: between(0, 600),
    y: between(0, 440),
    dx: between(-8, 8),
    dy: between(-8, 8),
    width: between(10, 120),
    height: between(10, 120),
    hiddenFrom: between(0, 120),
    hiddenFor: between(0, 45),
  }))
  const missed = between(0, 0.3)
  const weak = between(0, 0.5)
  return Array.from({ length: 90 }, (_, frame) =>
    things.flatMap((thing): DetectionRow[] => {
      thing.x += thing.dx
      thing.y += thing.dy
      if (thing.x < 0 || thing.x > 600) thing.dx *= -1
      if (thing.y < 0 || thing.y > 440) thing.dy *= -1
      const hidden = frame > thing.hiddenFrom && frame < thing.hiddenFrom + thing.hiddenFor
      if (hidden || random() < missed) return []
      const [x, y] = [thing.x + between(-2, 2), thing.y + between(-2, 2)]
      const score = random() < weak ? between(0.05, 0.3) : between(0.3, 0.99)
      const { fround } = Math
      return [[fround(x), fround(y), fround(x + thing.width), fround(y + thing.height), fround(score), 0]]
    }),
  )
}

/** The same things, each turned by more in each frame, and said with either side as the width. */
function turningScene(seed: number): Recorded['frames'] {
  const random = randomFrom(seed + SCENES)
  const turns = new Map<number, number>()
  return scene(seed).map((rows) =>
    rows.map(([x1, y1, x2, y2, score, label], place): DetectionRow => {
      const turn = (turns.get(place) ?? random() * Math.PI) + random() * 0.1
      turns.set(place, turn)
      const [x, y, width, height] = [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1]
      const swapped = random() < 0.3
      const [w, h] = swapped ? [height, width] : [width, height]
      const angle = turn + (swapped ? Math.PI / 2 : 0)
      const [left, top, right, bottom] = [x - w / 2, y - h / 2, x + w / 2, y + h / 2].map(Math.fround)
      return [left ?? 0, top ?? 0, right ?? 0, bottom ?? 0, score, label, Math.fround(angle % Math.PI)]
    }),
  )
}

it.skipIf(python === undefined).each([
  ['upright', scene],
  ['turned', turningScene],
])('any scene of %s boxes has the tracks of the original', (_, make) => {
  const questions = Array.from({ length: SCENES }, (_, seed) => ({
    frames: make(seed),
    settings: seed % 3 === 0 ? { ...defaults, track_buffer: 4, fuse_score: false, match_thresh: 0.9 } : defaults,
  }))
  const { stdout, stderr, status } = spawnSync(python ?? '', ['test/parity/video/reference-tracks.py', '--answer'], {
    input: JSON.stringify(questions),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`the original failed: ${stderr}`)
  const answers: Recorded['tracks'][] = JSON.parse(stdout)
  for (const [i, { frames, settings }] of questions.entries()) {
    const wanted = answers[i] ?? []
    expect(wanted.flat().length).toBeGreaterThan(50)
    expectSameTracks(follow(frames, settings), wanted)
  }
})
