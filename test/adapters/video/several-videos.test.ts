/** Videos are worked on by themselves, whatever else is asked for at the same time. */

import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/adapters/adapter.js'
import { yolo } from '../../../src/adapters/yolo/index.js'
import { parseConfig } from '../../../src/config/index.js'
import { post, quietBackend } from '../../backend/harness.js'
import { writeOnnx } from '../../inference/onnx-writer.js'
import { childrenNamed } from '../../inference/video/children-named.js'
import { hasFfmpeg, videoFolder } from '../../inference/video/make-video.js'
import { WEIGHTS } from '../yolo/weights-folder.js'
import { askVideos } from './ask-videos.js'

const { make } = videoFolder()
const CONTROLS = '<TimelineLabels name="when" toName="clip"><Label value="car"/></TimelineLabels>'
const still = (name: string, frames: number) =>
  make(name, [
    ...['-r', '24', '-loop', '1', '-i', 'examples/photos/cat.jpg', '-frames:v', String(frames)],
    ...['-vf', 'scale=64:64,format=yuv420p'],
  ])
const model = writeOnnx(WEIGHTS.detect)

describe.skipIf(!hasFfmpeg)('several videos', () => {
  it('of one request get a call each', async () => {
    const adapter = yolo({ model, thread: 'calling' })
    const calls: number[] = []
    const predict: Adapter['predict'] = (items, context) => {
      calls.push(items.length)
      return adapter.predict(items, context)
    }
    const tasks = [still('a.mp4', 2), still('b.mp4', 3), still('c.mp4', 4)].map((clip) => ({ clip }))
    const { said } = await askVideos(CONTROLS, tasks, { ...adapter, predict })
    expect(said).toMatchObject([2, 3, 4].map((end) => [{ value: { ranges: [{ start: 1, end }] } }]))
    expect(calls).toEqual([1, 1, 1])
  })

  it('of which one is no longer asked for: its ffmpeg ends, and the others are answered', async () => {
    const short = still('short.mp4', 24)
    const hour = make('hour.mp4', ['-stream_loop', '3000', '-i', short, '-c', 'copy'])
    const config = parseConfig(`<View><Video name="clip" value="$clip"/>${CONTROLS}</View>`)
    const adapters = [yolo({ model, thread: 'calling' })]
    const backend = quietBackend({ config, adapters, media: { roots: ['/'] } })
    const ask = (clip: string, signal?: AbortSignal) =>
      post(backend, '/predict', { tasks: [{ id: 1, data: { clip } }] }, signal === undefined ? {} : { signal })
    const reader = new AbortController()
    const gone = ask(hour, reader.signal).catch(() => 'gone')
    await expect.poll(() => childrenNamed(['ffmpeg'])).toHaveLength(1)
    const other = ask(short)
    reader.abort()
    await gone
    expect((await other).body).toMatchObject({
      results: [{ result: [{ value: { ranges: [{ start: 1, end: 24 }] } }] }],
    })
    await expect.poll(() => childrenNamed(['ffmpeg', 'ffprobe'])).toEqual([])
    await backend.dispose()
  })
})
