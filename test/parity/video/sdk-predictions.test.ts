/** Predictions for videos against the validator of the genuine Python SDK. */

import { expect, it } from 'vitest'
import { askVideos } from '../../adapters/video/ask-videos.js'
import { WEIGHTS } from '../../adapters/yolo/weights-folder.js'
import { writeOnnx } from '../../inference/onnx-writer.js'
import { hasFfmpeg, videoFolder } from '../../inference/video/make-video.js'
import { askSdk, python } from '../results/sdk-oracle.js'

if (python === undefined) console.info('skipped: PRELABEL_PYTHON names no python with label-studio-sdk')

const { make } = videoFolder()
const TRACKS = `<VideoRectangle name="box" toName="clip"/>
  <Labels name="kind" toName="clip"><Label value="car"/><Label value="Coach" predicted_values="bus"/></Labels>`
const RANGES = `<TimelineLabels name="when" toName="clip"><Label value="car"/><Label value="bus"/></TimelineLabels>`

it.skipIf(python === undefined || !hasFfmpeg)('tracks and ranges of frames are taken by the SDK', async () => {
  const clip = make('clip.mp4', [
    ...['-r', '30000/1001', '-loop', '1', '-i', 'examples/photos/cat.jpg', '-frames:v', '40'],
    ...['-vf', 'scale=64:64,format=yuv420p'],
  ])
  const options = { model: writeOnnx(WEIGHTS.detect), thread: 'calling' } as const
  const tracks = await askVideos(TRACKS, [{ clip }], options)
  const ranges = await askVideos(RANGES, [{ clip }], options)
  const turned = await askVideos(TRACKS, [{ clip }], { ...options, model: writeOnnx(WEIGHTS.obb) })
  expect(tracks.said[0]?.length).toBe(2)
  expect(turned.said[0]?.length).toBe(1)
  expect(ranges.said[0]?.length).toBe(2)
  const questions = [tracks, turned, ranges].map(({ xml, predictions }) => ({
    config: xml,
    prediction: predictions[0],
  }))
  expect(askSdk(questions)).toEqual(questions.map(() => ({ ok: true, errors: [] })))
})
