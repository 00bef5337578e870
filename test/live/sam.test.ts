/** Segment Anything behind the smart tools of the editor: clicks and boxes bring masks, which are accepted and saved. */

import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { type LabelingConfig, parseConfig } from '../../src/config/index.js'
import { boxIou, fillPolygons, type MaskPixels, maskToBox, type Region, readResults } from '../../src/results/index.js'
import { configOf } from './config-of.js'
import { masksOnCanvas, outlinesOnCanvas } from './editor/canvas.js'
import { submit } from './editor/editor.js'
import {
  acceptSuggestions,
  click,
  drag,
  type InteractiveAnswer,
  type SmartTool,
  switchAutoAnnotationOn,
} from './editor/smart-tools.js'
import { eventually } from './eventually.js'
import { screenshot } from './screenshot.js'
import { serveFiles } from './served-files.js'
import { useBackend } from './use-backend.js'
import { describeInBrowser, useBrowser } from './use-browser.js'
import { useLabelStudio } from './use-label-studio.js'

const BACKEND = 'examples/sam/backend.ts'
const PICTURE = fileURLToPath(new URL('../../examples/sam/pictures/shapes-1.png', import.meta.url))
const SIZE = { width: 512, height: 384 }

const labels = '<Label value="Disc" background="#d4380d"/><Label value="Square" background="#389e0d"/>'

const WITH_POLYGONS = parseConfig(`<View>
  <Image name="photo" value="$photo"/>
  <RectangleLabels name="box" toName="photo" smart="true">${labels}</RectangleLabels>
  <PolygonLabels name="outline" toName="photo">${labels}</PolygonLabels>
</View>`)

describeInBrowser('Segment Anything in the editor', () => {
  const labelStudio = useLabelStudio()
  const backend = useBackend(BACKEND, labelStudio)
  const page = useBrowser(labelStudio)

  beforeAll(() => page().setViewportSize({ width: 1280, height: 880 }))

  // The switch of auto-annotation is kept there.
  afterEach(() => page().evaluate('localStorage.clear()'))

  /** @returns the task's id */
  async function openProject(config: LabelingConfig): Promise<number> {
    const { client, url } = labelStudio()
    const { id: project } = await client.projects.create({ title: 'Clicks', label_config: config.xml })
    const [photo] = await serveFiles(labelStudio(), project, [PICTURE])
    const { task_ids } = await client.projects.importTasks(project, [{ data: { photo } }])
    await client.mlBackends.connect({ project, url: backend(), isInteractive: true })
    await page().goto(`${url}/projects/${project}/data?labeling=1`)
    await page().locator('canvas').first().waitFor()
    return task_ids[0] ?? 0
  }

  /** @param control place of the control among those of the page that have labels */
  const drawing = (tool: SmartTool, control: number, label: string) => ({
    tool,
    label: page().locator('.lsf-labels').nth(control).getByText(label),
  })

  /** What was saved when the annotation was submitted. */
  async function submitted(task: number, config: LabelingConfig): Promise<readonly Region[]> {
    await submit(page())
    const [annotation] = await labelStudio().client.annotations.list(task)
    return readResults(config, annotation?.result).regions
  }

  it('a click brings a mask, another one takes something away, and what is accepted is saved', async () => {
    const config = parseConfig(await configOf(BACKEND))
    const task = await openProject(config)
    await switchAutoAnnotationOn(page())
    const disc = drawing('key-point-tool', 1, 'Disc')

    const first = maskOf(await click(page(), disc, [387, 107]), config)
    expect(first.data[107 * SIZE.width + 387]).not.toBe(0)
    await eventually(async () => iou((await masksOnCanvas(page()))[0], first)).toBe(1)

    const second = maskOf(await click(page(), disc, [473, 107], { alt: true }), config)
    expect(iou(second, first)).toBeLessThan(1)
    await eventually(async () => iou((await masksOnCanvas(page()))[0], second)).toBe(1)
    await screenshot(page(), 'sam-click')

    await acceptSuggestions(page())
    const [region, ...others] = await submitted(task, config)
    expect(others).toEqual([])
    expect(region).toMatchObject({ control: 'mask', labels: ['Disc'], shape: { kind: 'brush' } })
    expect(iou(maskOfRegion(region), second)).toBeGreaterThanOrEqual(0.97)
  })

  it('a box brings polygons, and what is accepted is saved', async () => {
    const task = await openProject(WITH_POLYGONS)
    await switchAutoAnnotationOn(page())
    const disc = drawing('rectangle-tool', 0, 'Disc')

    const suggested = maskOf(await drag(page(), disc, { x: 208, y: 190, width: 146, height: 146 }), WITH_POLYGONS)
    expect(suggested.data[263 * SIZE.width + 281]).not.toBe(0)
    const box = maskToBox(suggested)
    await eventually(async () =>
      (await outlinesOnCanvas(page())).some((outline) => box !== undefined && boxIou(outline, box) > 0.97),
    ).toBe(true)
    await screenshot(page(), 'sam-polygon')

    await acceptSuggestions(page())
    const [region, ...others] = await submitted(task, WITH_POLYGONS)
    expect(others).toEqual([])
    expect(region).toMatchObject({ control: 'outline', labels: ['Disc'], shape: { kind: 'polygon' } })
    expect(iou(maskOfRegion(region), suggested)).toBeGreaterThanOrEqual(0.97)
  })
})

function maskOf({ result }: InteractiveAnswer, config: LabelingConfig): MaskPixels {
  return maskOfRegion(readResults(config, result).regions[0])
}

function maskOfRegion(region: Region | undefined): MaskPixels {
  const shape = region?.shape
  if (shape?.kind === 'brush') return shape.mask
  if (shape?.kind === 'polygon') {
    const ring = shape.points.map(([x, y]) => ({ x, y }))
    return fillPolygons([ring], SIZE.width, SIZE.height)
  }
  throw new Error(`a mask was expected, not ${shape?.kind ?? 'nothing'}`)
}

function iou(one: MaskPixels | undefined, other: MaskPixels): number {
  let both = 0
  let any = 0
  other.data.forEach((value, index) => {
    const here = (one?.data[index] ?? 0) !== 0
    if (here && value !== 0) both++
    if (here || value !== 0) any++
  })
  return both / any
}
