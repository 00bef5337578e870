import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { detection } from '../../../src/adapters/detection/index.js'
import { writeOnnx } from '../../inference/onnx-writer.js'
import { hasFfmpeg, videoFolder } from '../../inference/video/make-video.js'
import { WEIGHTS } from '../yolo/weights-folder.js'
import { askVideos, NANODET, type Said, shownAt, type TrackResult, type VideoResult } from './ask-videos.js'

const { make, at } = videoFolder()
const LABELS = '<Label value="person"/><Label value="cat"/>'
const TRACKS = `<VideoRectangle name="box" toName="clip"/><Labels name="kind" toName="clip">${LABELS}</Labels>`
const RANGES = `<TimelineLabels name="when" toName="clip">${LABELS}</TimelineLabels>`

/** A window over a wide picture with a person in it moves so that the person goes left by 12 pixels a frame. */
const PAN = [
  ...['-loop', '1', '-i', 'examples/photos/astronaut.jpg'],
  ...['-vf', 'pad=1536:512:512:0:gray,crop=768:512:n*12:0,format=yuv420p'],
  ...['-c:v', 'libx264', '-qp', '8'],
]

/** A photograph that is gone in frames 13 to 24 of 36. */
const GONE = [
  ...['-r', '24', '-loop', '1', '-i', 'examples/photos/astronaut.jpg', '-frames:v', '36'],
  ...['-vf', "drawbox=color=gray:t=fill:enable='between(n,12,23)',format=yuv420p", '-c:v', 'ffv1'],
]

/** A small photograph. */
const STILL = ['-i', 'examples/photos/cat.jpg', '-vf', 'scale=64:64,format=yuv420p']

const one = (said: readonly Said[]): readonly VideoResult[] => {
  const [only] = said
  if (only === undefined || said.length !== 1) throw new Error('no answer, or more than one')
  return only
}
const tracksOf = (said: Said): TrackResult[] => (said ?? []).filter((result) => result.type === 'videorectangle')

describe.skipIf(!hasFfmpeg)('tracks through a video', () => {
  it('follow a person, in few key frames', async () => {
    const clip = make('pan.mp4', ['-r', '24', ...PAN, '-frames:v', '24'])
    const { said } = await askVideos(TRACKS, [{ clip }], { model: NANODET, video: { tolerance: 10 } })
    const [person] = tracksOf(one(said)).sort((a, b) => b.score - a.score)
    expect(person?.value).toMatchObject({ framesCount: 24, duration: 1, labels: ['person'] })
    expect(person?.score).toBeGreaterThan(0.5)
    const { sequence = [] } = person?.value ?? {}
    expect(sequence.length).toBeLessThan(15)
    expect(sequence.at(-1)).toMatchObject({ frame: 24, enabled: true, time: 1 })
    for (let frame = sequence[0]?.frame ?? 0; frame <= 24; frame++) {
      const { x = 0, width = 0 } = shownAt(sequence, frame) ?? {}
      // In the photograph the person reaches from 16 to 364.
      const shift = 512 - (frame - 1) * 12
      expect(Math.abs((x / 100) * 768 - Math.max(0, 16 + shift))).toBeLessThan(30)
      expect(Math.abs(((x + width) / 100) * 768 - Math.min(768, 364 + shift))).toBeLessThan(30)
    }
  })

  it('end where a thing is lost and go on where it is found again', async () => {
    const clip = make('lost.mkv', GONE)
    const { said } = await askVideos(TRACKS, [{ clip }])
    const [person] = tracksOf(one(said)).sort((a, b) => b.score - a.score)
    const { sequence = [] } = person?.value ?? {}
    expect(sequence.filter(({ enabled }) => !enabled).map(({ frame }) => frame)).toEqual([12])
    const shown = Array.from({ length: 36 }, (_, i) => shownAt(sequence, i + 1) !== undefined)
    expect(shown).toEqual(shown.map((_, i) => i < 12 || i >= 24))
  })

  it('count frames at the rate of the tag, whatever that of the file: 24, a number, or a field of the task', async () => {
    const clip = make('still.mp4', ['-r', '30000/1001', '-loop', '1', ...STILL, '-frames:v', '60'])
    const model = writeOnnx(WEIGHTS.detect)
    const controls = `${TRACKS.replace('person', 'car')}`
    const lengthOf = async (video: string, more = {}) => {
      const { said } = await askVideos(controls, [{ clip, ...more }], { model, thread: 'calling' }, video)
      const { framesCount, duration, sequence } = tracksOf(one(said))[0]?.value ?? { sequence: [] }
      expect(duration).toBeCloseTo(2.002, 3)
      expect(sequence.map(({ frame, enabled }) => [frame, enabled])).toEqual([
        [1, true],
        [framesCount, true],
      ])
      return [framesCount, sequence.at(-1)?.time]
    }
    expect(await lengthOf('')).toEqual([48, 2])
    expect(await lengthOf('frameRate="29.97"')).toEqual([60, expect.closeTo(60 / 29.97, 6)])
    expect(await lengthOf('frameRate="0.1"')).toEqual([20, 2])
    expect(await lengthOf('frameRate="$fps"', { fps: 12 })).toEqual([24, 2])
    expect(await lengthOf('frameRate="$fps"', { fps: 'fast' })).toEqual([48, 2])
  })

  it('are looked for in every nth frame', async () => {
    const clip = make('steps.mp4', ['-r', '24', '-loop', '1', ...STILL, '-frames:v', '48'])
    const options = { model: writeOnnx(WEIGHTS.detect), thread: 'calling', video: { frameStep: 10 } } as const
    const { said } = await askVideos(TRACKS.replace('person', 'car'), [{ clip }], options)
    const { framesCount, sequence } = tracksOf(one(said))[0]?.value ?? { sequence: [] }
    expect([framesCount, ...sequence.map(({ frame }) => frame)]).toEqual([48, 1, 41])
  })

  it('obey the attributes of the Python backend', async () => {
    const clip = make('attributes.mp4', ['-r', '24', '-loop', '1', ...STILL, '-frames:v', '4'])
    const options = { model: writeOnnx(WEIGHTS.detect), thread: 'calling' } as const
    const labels = async (attributes: string) => {
      const controls = `<VideoRectangle name="box" toName="clip" ${attributes}/><Labels name="kind" toName="clip">
        <Label value="Car"/><Label value="Coach" predicted_values="bus"/></Labels>`
      const { said } = await askVideos(controls, [{ clip }], options)
      return tracksOf(one(said)).map(({ value }) => value.labels?.[0])
    }
    expect(await labels('')).toEqual(['Car', 'Coach'])
    expect(await labels('model_score_threshold="0.5"')).toEqual(['Car'])
    expect(await labels('model_conf="0.5" model_tracker="bytetrack"')).toEqual(['Car'])
    expect(await labels('bytetrack_new_track_thresh="0.5"')).toEqual(['Car'])
    expect(await labels('bytetrack_track_high_thresh="0.95"')).toEqual([])
  })

  it('of a single frame', async () => {
    const clip = make('one.mp4', ['-r', '24', '-loop', '1', ...STILL, '-frames:v', '1'])
    const { said } = await askVideos(TRACKS.replace('person', 'car'), [{ clip }], {
      model: writeOnnx(WEIGHTS.detect),
      thread: 'calling',
    })
    expect(tracksOf(one(said)).map(({ value }) => value.sequence.map(({ frame }) => frame))).toEqual([[1]])
  })

  it('of turned boxes', async () => {
    const clip = make('turned.mp4', ['-r', '24', '-loop', '1', ...STILL, '-frames:v', '6'])
    const model = writeOnnx(WEIGHTS.obb)
    const { said } = await askVideos(TRACKS.replace('person', 'car'), [{ clip }], { model, thread: 'calling' })
    const [track] = tracksOf(one(said))
    expect(track?.value.sequence.map(({ frame }) => frame)).toEqual([1, 6])
    // A box of 20 × 10 about (32, 32) in 64 × 64 pixels, turned by 30 degrees: its first corner is at (25.84, 22.67).
    for (const frame of track?.value.sequence ?? [])
      expect(frame).toMatchObject({
        x: expect.closeTo(40.37, 1),
        y: expect.closeTo(35.42, 1),
        width: expect.closeTo(31.25, 1),
        height: expect.closeTo(15.63, 1),
        rotation: expect.closeTo(30, 3),
      })
  })

  it('of any detector that is described', async () => {
    const clip = make('any.mp4', ['-r', '24', '-loop', '1', ...STILL, '-frames:v', '6'])
    const rows = Float32Array.from([8, 8, 24, 40, 0.9, 0])
    const model = writeOnnx({
      inputs: [{ name: 'pixels', dims: [1, 3, 64, 64] }],
      outputs: [{ name: 'rows', dims: [1, 1, 6], data: rows }],
    })
    const output = { kind: 'rows', format: 'xyxy', score: 4, class: 5 } as const
    const adapter = detection({ model, names: ['cat'], output, thread: 'calling' })
    const { said } = await askVideos(TRACKS + RANGES, [{ clip }], adapter)
    expect(one(said)).toMatchObject([
      { from_name: 'box', value: { labels: ['cat'], sequence: [{ frame: 1, x: 12.5, width: 25 }, { frame: 6 }] } },
      { from_name: 'when', value: { timelinelabels: ['cat'], ranges: [{ start: 1, end: 6 }] } },
    ])
  })
})

describe.skipIf(!hasFfmpeg)('ranges of frames', () => {
  it('in which something of a class is seen', async () => {
    const clip = make('seen.mkv', GONE)
    const { said } = await askVideos(RANGES, [{ clip }])
    expect(one(said)).toMatchObject([
      { type: 'timelinelabels', value: { timelinelabels: ['person'], ranges: [{ start: 1, end: 12 }] } },
      { type: 'timelinelabels', value: { timelinelabels: ['person'], ranges: [{ start: 25, end: 36 }] } },
    ])
    const bridged = await askVideos(RANGES, [{ clip }], { model: NANODET, video: { maxGap: 12 } })
    expect(one(bridged.said)).toMatchObject([{ value: { ranges: [{ start: 1, end: 36 }] } }])
  })

  it('that are of a class as a whole, when it is sure enough', async () => {
    const clip = make('whole.mp4', ['-r', '24', '-loop', '1', ...STILL, '-frames:v', '10'])
    const controls = `<TimelineLabels name="when" toName="clip" model_score_threshold="0.2">
      <Label value="day"/><Label value="night" model_score_threshold="0.35"/><Label value="dusk"/></TimelineLabels>`
    const { said } = await askVideos(controls, [{ clip }], { model: writeOnnx(WEIGHTS.classify), thread: 'calling' })
    expect(one(said)).toMatchObject([
      { score: expect.closeTo(0.6, 3), value: { timelinelabels: ['day'], ranges: [{ start: 1, end: 10 }] } },
    ])
  })
})

describe.skipIf(!hasFfmpeg)('videos that cannot be used', () => {
  it('fail alone, and their tasks are asked for again', async () => {
    const good = make('good.mp4', ['-r', '24', '-loop', '1', ...STILL, '-frames:v', '4'])
    const sound = make('sound.mp4', ['-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'aac'])
    writeFileSync(at('empty.mp4'), '')
    const { said, failures } = await askVideos(
      TRACKS.replace('person', 'car'),
      [{ clip: sound }, { clip: good }, { clip: at('empty.mp4') }],
      { model: writeOnnx(WEIGHTS.detect), thread: 'calling' },
    )
    expect(said.map((each) => each?.length)).toEqual([undefined, 1, undefined])
    expect(failures.join()).toContain('video-without-pictures')
    expect(failures.join()).toContain('video-undecodable')
  })

  it('to their end show what was seen as far as they could be read', async () => {
    const everyFrame = ['-frames:v', '48', '-g', '1', '-movflags', '+faststart']
    const whole = make('whole.mp4', ['-r', '24', '-loop', '1', ...STILL, ...everyFrame])
    const bytes = readFileSync(whole)
    writeFileSync(at('cut.mp4'), bytes.subarray(0, Math.floor(bytes.length * 0.6)))
    const { said } = await askVideos(TRACKS.replace('person', 'car'), [{ clip: at('cut.mp4') }], {
      model: writeOnnx(WEIGHTS.detect),
      thread: 'calling',
    })
    const [track] = tracksOf(one(said))
    const last = track?.value.sequence.at(-1)
    expect(track?.value.framesCount).toBe(48)
    expect(last?.enabled).toBe(false)
    expect(last?.frame).toBeLessThan(36)
  })

  it('without ffmpeg say so', async () => {
    const clip = make('no-ffmpeg.mp4', ['-r', '24', '-loop', '1', ...STILL, '-frames:v', '2'])
    const { said, failures } = await askVideos(TRACKS.replace('person', 'car'), [{ clip }], {
      model: writeOnnx(WEIGHTS.detect),
      thread: 'calling',
      video: { ffprobe: 'no-such-ffprobe' },
    })
    expect(said).toEqual([undefined])
    expect(failures.join()).toContain('ffmpeg-missing')
  })
})
