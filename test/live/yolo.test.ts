/** A detector's boxes in the shapes of a project, where the editor draws them. */

import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/index.js'
import { type Box, maskToBox, type Region, readPrediction } from '../../src/results/index.js'
import { boxesOnCanvas } from './editor/canvas.js'
import { eventually } from './eventually.js'
import { screenshot } from './screenshot.js'
import { serveFiles } from './served-files.js'
import { useBackend } from './use-backend.js'
import { describeInBrowser, useBrowser } from './use-browser.js'
import { useLabelStudio } from './use-label-studio.js'

const PHOTO = fileURLToPath(new URL('../../examples/photos/collage.jpg', import.meta.url))

const config = parseConfig(`<View>
  <Image name="photo" value="$photo"/>
  <RectangleLabels name="people" toName="photo"><Label value="Person" background="#d4380d"/></RectangleLabels>
  <PolygonLabels name="animals" toName="photo"><Label value="Cat" background="#389e0d"/></PolygonLabels>
  <BrushLabels name="things" toName="photo"><Label value="Cup" background="#531dab"/></BrushLabels>
</View>`)

/** Pixels of the photo. */
const TOLERANCE = 0.5

describeInBrowser('detections in the editor', () => {
  const labelStudio = useLabelStudio()
  const backend = useBackend('test/live/backends/detector.fixture.ts', labelStudio)
  const page = useBrowser(labelStudio)
  let regions: readonly Region[]

  beforeAll(async () => {
    const { client, url } = labelStudio()
    const { id: project } = await client.projects.create({ title: 'Detections', label_config: config.xml })
    const [photo] = await serveFiles(labelStudio(), project, [PHOTO])
    const { task_ids } = await client.projects.importTasks(project, [{ data: { photo } }])
    await client.mlBackends.connect({ project, url: backend() })
    await client.actions.run(project, 'retrieve_tasks_predictions')
    const [prediction] = await client.predictions.list({ project })
    regions = readPrediction(config, prediction).regions
    await page().goto(`${url}/projects/${project}/data?task=${task_ids[0]}`)
  })

  afterAll(() => screenshot(page(), 'yolo'))

  it('are rectangles, polygons and brush strokes, as the controls ask', () => {
    const said = regions.map(({ labels, shape }) => [labels[0], shape?.kind])
    expect(said.sort()).toEqual([
      ['Cat', 'polygon'],
      ['Cup', 'brush'],
      ['Person', 'rectangle'],
      ['Person', 'rectangle'],
    ])
  })

  it('are drawn where the model found them', async () => {
    const expected = regions.map(boxOf).sort((one, other) => one.x - other.x)
    // Looked at again until it is so: the editor may still be finding room for the picture.
    await eventually(async () => {
      const drawn = await boxesOnCanvas(page())
      if (drawn.length !== expected.length) return Number.POSITIVE_INFINITY
      const sides = ['x', 'y', 'width', 'height'] as const
      const apart = expected.flatMap((box, index) =>
        sides.map((side) => Math.abs((drawn[index]?.[side] ?? Number.NaN) - box[side])),
      )
      return Math.max(...apart)
    }).toBeLessThan(TOLERANCE)
  })
})

/** In pixels of the photo. */
function boxOf({ shape }: Region): Box {
  if (shape?.kind === 'rectangle') return shape
  if (shape?.kind === 'polygon') {
    const xs = shape.points.map(([x]) => x)
    const ys = shape.points.map(([, y]) => y)
    const [x, y] = [Math.min(...xs), Math.min(...ys)]
    return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
  }
  const box = shape?.kind === 'brush' ? maskToBox(shape.mask) : undefined
  if (box === undefined) throw new Error(`a region without a box: ${shape?.kind}`)
  return box
}
