/** Tracks and ranges of frames in the editor: on the frames, and at the places, where the model found them. */

import { beforeAll, describe, expect, it } from 'vitest'
import { type PlacedBox, thinKeyFrames } from '../../src/adapters/detection/video/thin-key-frames.js'
import { parseConfig } from '../../src/config/index.js'
import {
  type Box,
  boxCorners,
  boxToRectangle,
  convertBox,
  createDraft,
  type Prediction,
  type Region,
  readResults,
  rectangleToBox,
} from '../../src/results/index.js'
import { shownAt } from '../adapters/video/ask-videos.js'
import { hasFfmpeg, videoFolder } from '../inference/video/make-video.js'
import { submit } from './editor/editor.js'
import { type DrawnRectangle, goToFrame, rectanglesOnVideo } from './editor/video.js'
import { eventually } from './eventually.js'
import { screenshot } from './screenshot.js'
import { serveFiles } from './served-files.js'
import { useBackend } from './use-backend.js'
import { describeInBrowser, useBrowser } from './use-browser.js'
import { useLabelStudio } from './use-label-studio.js'

const RATE = 12
const FRAMES = 24
const SIZE = { width: 768, height: 512 }

const config = parseConfig(`<View>
  <Video name="clip" value="$clip" frameRate="${RATE}" height="400"/>
  <VideoRectangle name="box" toName="clip"/>
  <Labels name="kind" toName="clip"><Label value="Person" background="#d4380d"/></Labels>
  <TimelineLabels name="seen" toName="clip"><Label value="Person" background="#389e0d"/></TimelineLabels>
</View>`)

const { make } = videoFolder()

/** A window moves over a wide picture, so that the person in it goes left; frames 13 to 18 are grey. */
const panOverPerson = () =>
  make('person.mp4', [
    ...['-r', String(RATE), '-loop', '1', '-i', 'examples/photos/astronaut.jpg', '-frames:v', String(FRAMES)],
    '-vf',
    `pad=1536:512:512:0:gray,crop=768:512:n*12:0,drawbox=color=gray:t=fill:enable='between(n,12,17)',format=yuv420p`,
    ...['-c:v', 'libx264', '-qp', '8', '-movflags', '+faststart'],
  ])

describe.skipIf(!hasFfmpeg)('a video', () => {
  describeInBrowser('in the editor', () => {
    const labelStudio = useLabelStudio()
    const backend = useBackend('test/live/backends/detector.fixture.ts', labelStudio)
    const page = useBrowser(labelStudio)
    let clip: string

    beforeAll(() => {
      clip = panOverPerson()
    })

    /** Opens a project's one prediction in the label stream, which makes an annotation of it. */
    async function openPrediction(project: number) {
      const { client, url } = labelStudio()
      const [prediction] = await client.predictions.list({ project })
      if (prediction === undefined) throw new Error('nothing was predicted')
      await client.projects.update(project, { model_version: prediction.model_version ?? '' })
      await page().goto(`${url}/projects/${project}/data?labeling=1`)
      await page().locator('.lsf-tree__node').first().waitFor()
      await page().locator('canvas').first().waitFor()
      return prediction
    }

    async function createProject(predictions: readonly Prediction[]): Promise<{ project: number; task: number }> {
      const { client } = labelStudio()
      const fields = { title: 'Clips', label_config: config.xml, show_collab_predictions: true }
      const { id: project } = await client.projects.create(fields)
      const [served] = await serveFiles(labelStudio(), project, [clip])
      const { task_ids } = await client.projects.importTasks(project, [{ data: { clip: served } }])
      const task = task_ids[0] ?? 0
      for (const prediction of predictions) await client.predictions.create({ ...prediction, task })
      return { project, task }
    }

    /** How far the corners of what is drawn are from those of a box; 0 where nothing is to be drawn and nothing is. */
    async function apartFrom(box: Box | undefined): Promise<number> {
      const [drawn, ...others] = await rectanglesOnVideo(page())
      if (others.length > 0 || (drawn === undefined) !== (box === undefined)) return Number.POSITIVE_INFINITY
      if (drawn === undefined || box === undefined) return 0
      const these = boxCorners(box)
      return Math.max(
        ...boxCorners(boxOf(drawn)).map(({ x, y }, i) => Math.hypot(x - (these[i]?.x ?? 0), y - (these[i]?.y ?? 0))),
      )
    }

    it('shows what the model found on the frames where it is, and saves it as it is', async () => {
      const { client } = labelStudio()
      const { project, task } = await createProject([])
      await client.mlBackends.connect({ project, url: backend() })
      await client.actions.run(project, 'retrieve_tasks_predictions')
      const { regions } = readResults(config, (await openPrediction(project)).result, { surfaces: { clip: SIZE } })
      const [track, ...ranges] = regions.map(({ shape }) => shape)
      expect(ranges).toMatchObject([{ ranges: [{ start: 1, end: 12 }] }, { ranges: [{ start: 19, end: 24 }] }])
      if (track?.kind !== 'track') throw new Error(`a track was expected, not ${track?.kind}`)
      expect(track).toMatchObject({ framesCount: FRAMES, duration: FRAMES / RATE })

      for (let frame = 1; frame <= FRAMES; frame++) {
        await goToFrame(page(), 'clip', frame)
        await eventually(() => apartFrom(shownAt(track.frames, frame))).toBeLessThan(0.5)
      }
      await goToFrame(page(), 'clip', 22)
      await screenshot(page(), 'video')

      await submit(page())
      const [annotation] = await client.annotations.list(task)
      const saved = readResults(config, annotation?.result, { surfaces: { clip: SIZE } }).regions
      expect(comparable(saved)).toEqual(comparable(regions))
    })

    it('turns rectangles from key frame to key frame as frames were left out', async () => {
      const turning = Array.from({ length: FRAMES }, (_, i): PlacedBox => {
        const rotation = (330 + i * 2 + 6 * Math.sin(i / 4)) % 360
        return { frame: i + 1, box: { x: 100 + i * 15, y: 250 - i * i * 0.2, width: 180, height: 80, rotation } }
      })
      const keys = thinKeyFrames(turning, 2)
      expect(keys.length).toBeLessThan(FRAMES / 2)
      const draft = createDraft(config, { surfaces: { clip: SIZE }, modelVersion: 'turning' })
      const frames = keys.map(({ frame, box }) => ({ frame, ...boxToRectangle(box, SIZE) }))
      draft
        .control('box')
        .track({ framesCount: FRAMES, duration: FRAMES / RATE, frames, unit: 'percent', label: 'Person' })
      const { project } = await createProject([draft.finish()])
      await openPrediction(project)
      for (const { frame, box } of turning) {
        await goToFrame(page(), 'clip', frame)
        await eventually(() => apartFrom(box)).toBeLessThan(2 * Math.SQRT2 + 0.5)
      }
    })
  })
})

/** A rectangle as the editor holds it, turned about its first corner: as boxes are, about the centre. */
function boxOf({ rotation, ...sides }: DrawnRectangle): Box {
  return rectangleToBox({ ...convertBox(sides, 'pixel', 'percent', SIZE), rotation }, SIZE)
}

/** What regions say, without the last digits of numbers. */
function comparable(regions: readonly Region[]): unknown {
  const said = regions.map(({ control, labels, shape }) => ({ control, labels, shape }))
  return JSON.parse(JSON.stringify(said, (_, value) => (typeof value === 'number' ? Number(value.toFixed(6)) : value)))
}
