import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SamOptions, sam } from '../../../src/adapters/sam/index.js'
import { type Backend, createBackend } from '../../../src/backend/index.js'
import { parseConfig } from '../../../src/config/index.js'
import type { MaskPixels } from '../../../src/results/findings.js'
import { ellipsePoints, fillPolygons, maskToBox, maskToEllipse, readResults } from '../../../src/results/index.js'
import { recordingLogger } from '../../backend/harness.js'
import { type AnsweredResult, ask, click, dataUri, recordedMask, recordedPicture, resultsOf, TINY } from './ask-sam.js'
import { maskIou, type ReferencePrompt } from './references.js'

function referenceOf(image: string) {
  const { file, size, prompts } = recordedPicture(image)
  const prompt = (kind: string) => {
    const recorded = prompts.find((one) => one.kind === kind)
    if (recorded === undefined) throw new Error(`no ${kind} for ${image}`)
    return recorded
  }
  return { file, size, prompt }
}

function pointOf({ points: [first] }: ReferencePrompt, index = 0, all?: ReferencePrompt['points']) {
  const point = all?.[index] ?? first
  if (point === undefined) throw new Error('no point')
  return point
}

const smart = (control: string) => `
<View>
  <Image name="photo" value="$image"/>
  ${control}
  <KeyPointLabels name="point" toName="photo" smart="true"><Label value="Shape"/><Label value="Other"/></KeyPointLabels>
  <RectangleLabels name="box" toName="photo" smart="true"><Label value="Shape"/></RectangleLabels>
</View>`

const labelled = (tag: string) =>
  smart(`<${tag} name="out" toName="photo"><Label value="Shape"/><Label value="Else"/></${tag}>`)
const BRUSH = labelled('BrushLabels')

/** What a result encloses, in pixels. */
function pixelsOf(
  config: string,
  result: AnsweredResult,
  { width, height }: { width: number; height: number },
): MaskPixels {
  const { regions, unread } = readResults(parseConfig(config), [result])
  expect(unread).toEqual([])
  const shape = regions[0]?.shape
  switch (shape?.kind) {
    case 'brush':
    case 'bitmask':
      return shape.mask
    case 'polygon':
      return fillPolygons([shape.points.map(([x, y]) => ({ x, y }))], width, height)
    case 'rectangle': {
      const { x, y } = shape
      const [right, bottom] = [x + shape.width, y + shape.height]
      return fillPolygons(
        [
          [
            { x, y },
            { x: right, y },
            { x: right, y: bottom },
            { x, y: bottom },
          ],
        ],
        width,
        height,
      )
    }
    case 'ellipse':
      return fillPolygons([ellipsePoints(shape, 256)], width, height)
    default:
      throw new Error(`nothing is drawn by ${result.type}`)
  }
}

function open(options: Partial<SamOptions> = {}) {
  const { logger, entries } = recordingLogger()
  const backend = createBackend({ adapters: [sam({ model: TINY, threads: 1, ...options })], logger })
  return { backend, entries }
}

let backend: Backend
beforeAll(() => {
  backend = open().backend
})
afterAll(() => backend.dispose())

describe('a click on a genuine model', () => {
  const { file, size, prompt } = referenceOf('s07')
  const point = prompt('point')

  it('brings the mask of the original as brush bytes, with the label of the tool and the predicted IoU', async () => {
    const context = { result: [click(pointOf(point), size)] }
    const results = resultsOf(await ask(backend, { config: BRUSH, image: await dataUri(file), context }))
    expect(results).toMatchObject([
      {
        type: 'brushlabels',
        from_name: 'out',
        to_name: 'photo',
        original_width: 333,
        original_height: 217,
        value: { format: 'rle', brushlabels: ['Shape'] },
      },
    ])
    const [result] = results
    if (result === undefined) throw new Error('nothing')
    expect(maskIou(pixelsOf(BRUSH, result, size), await recordedMask(point))).toBeGreaterThan(0.97)
    expect(result.score).toBeCloseTo(Math.max(...(point.predictor_scores ?? [])), 2)
  })

  it.each(['PolygonLabels', 'BitmaskLabels'])('the same on <%s>', async (tag) => {
    const config = labelled(tag)
    const context = { result: [click(pointOf(point), size)] }
    const results = resultsOf(await ask(backend, { config, image: await dataUri(file), context }))
    expect(results.map(({ type }) => type)).toEqual([tag.toLowerCase()])
    const [result] = results
    if (result === undefined) throw new Error('nothing')
    expect(maskIou(pixelsOf(config, result, size), await recordedMask(point))).toBeGreaterThan(0.97)
  })

  it.each(['RectangleLabels', 'EllipseLabels'])('on <%s> what encloses the mask', async (tag) => {
    const config = labelled(tag)
    const context = { result: [click(pointOf(point), size)] }
    const [result] = resultsOf(await ask(backend, { config, image: await dataUri(file), context }))
    if (result === undefined) throw new Error('nothing')
    const mask = await recordedMask(point)
    const drawn = pixelsOf(config, result, size)
    const [box, expected] = [maskToBox(drawn), maskToBox(mask)]
    if (box === undefined || expected === undefined) throw new Error('empty')
    expect(result.type).toBe(tag.toLowerCase())
    if (tag === 'RectangleLabels') {
      expect(Math.abs(box.x - expected.x)).toBeLessThanOrEqual(1)
      expect(Math.abs(box.width - expected.width)).toBeLessThanOrEqual(2)
    } else {
      const ellipse = maskToEllipse(mask)
      if (ellipse === undefined) throw new Error('empty')
      expect(maskIou(drawn, fillPolygons([ellipsePoints(ellipse, 256)], size.width, size.height))).toBeGreaterThan(0.97)
    }
  })

  it.each([
    ['Brush', 'brush'],
    ['Polygon', 'polygon'],
    ['Rectangle', 'rectangle'],
  ])('on the plain tag <%s>', async (tag, type) => {
    const config = smart(`<${tag} name="out" toName="photo"/>`)
    const context = { result: [click(pointOf(point), size)] }
    const results = resultsOf(await ask(backend, { config, image: await dataUri(file), context }))
    expect(results.map((one) => [one.type, one.from_name])).toEqual([[type, 'out']])
  })

  it.each([
    ['Brush', 'brush'],
    ['Bitmask', 'bitmask'],
    ['Polygon', 'polygon'],
    ['Rectangle', 'rectangle'],
    ['Ellipse', 'ellipse'],
  ])('on a plain <%s> beside <Labels>, with the label that was chosen', async (tag, type) => {
    const config = `
<View>
  <Image name="photo" value="$image"/>
  <${tag} name="out" toName="photo"/>
  <KeyPoint name="point" toName="photo" smart="true"/>
  <Labels name="label" toName="photo"><Label value="Shape"/><Label value="Else"/></Labels>
</View>`
    const { value, ...drawn } = click(pointOf(point), size)
    const { x, y, width } = value
    const context = {
      result: [
        { ...drawn, type: 'keypoint', value: { x, y, width } },
        { ...drawn, type: 'labels', from_name: 'label', value: { x, y, width, labels: ['Shape'] } },
      ],
    }
    const results = resultsOf(await ask(backend, { config, image: await dataUri(file), context }))
    expect(results).toMatchObject([
      { type, from_name: 'out' },
      { type: 'labels', from_name: 'label', value: { labels: ['Shape'] } },
    ])
  })

  it('a second, negative click changes it, as in the original when answers do not build on each other', async () => {
    const image = await dataUri(file)
    const recorded = prompt('pos_neg')
    const [positive, negative] = [pointOf(recorded, 0, recorded.points), pointOf(recorded, 1, recorded.points)]
    const clicks = [click(positive, size), click(negative, size, { is_positive: false })]
    const { backend: plain } = open({ refine: false })
    const maskFor = async (asked: Backend, result: readonly unknown[]) => {
      const [first] = resultsOf(await ask(asked, { config: BRUSH, image, context: { result } }))
      if (first === undefined) throw new Error('nothing')
      return pixelsOf(BRUSH, first, size)
    }
    const one = await maskFor(plain, clicks.slice(0, 1))
    const both = await maskFor(plain, clicks)
    expect(maskIou(both, await recordedMask(recorded))).toBeGreaterThan(0.97)
    expect(maskIou(one, both)).toBeLessThan(1)
    await plain.dispose()

    // Building on the answer before is another prompt, and still the same thing.
    const before = await maskFor(backend, clicks.slice(0, 1))
    const refined = await maskFor(backend, clicks)
    expect(maskIou(before, one)).toBe(1)
    expect(maskIou(refined, both)).toBeGreaterThan(0.8)
    expect(maskIou(refined, both)).toBeLessThan(1)
  })

  it('a box brings the mask of the original, a turned one or an ellipse one that is near to it', async () => {
    const image = await dataUri(file)
    const recorded = prompt('box')
    const [left = 0, top = 0, right = 0, bottom = 0] = recorded.box ?? []
    const percent = (x: number, y: number) => ({ x: (x / size.width) * 100, y: (y / size.height) * 100 })
    const side = percent(right - left, bottom - top)
    const drawn = { id: 'r', to_name: 'photo', original_width: size.width, original_height: size.height }
    const box = {
      ...drawn,
      from_name: 'box',
      type: 'rectanglelabels',
      value: { ...percent(left, top), width: side.x, height: side.y, rotation: 0, rectanglelabels: ['Shape'] },
    }
    const [result] = resultsOf(await ask(backend, { config: BRUSH, image, context: { result: [box] } }))
    if (result === undefined) throw new Error('nothing')
    expect(maskIou(pixelsOf(BRUSH, result, size), await recordedMask(recorded))).toBeGreaterThan(0.97)

    const config = BRUSH.replace(
      '</View>',
      '<EllipseLabels name="round" toName="photo" smart="true"><Label value="Shape"/></EllipseLabels></View>',
    )
    const centre = percent((left + right) / 2, (top + bottom) / 2)
    const round = {
      ...drawn,
      from_name: 'round',
      type: 'ellipselabels',
      value: { ...centre, radiusX: side.x / 2, radiusY: side.y / 2, rotation: 0, ellipselabels: ['Shape'] },
    }
    const [inEllipse] = resultsOf(await ask(backend, { config, image, context: { result: [round] } }))
    if (inEllipse === undefined) throw new Error('nothing')
    expect(maskIou(pixelsOf(config, inEllipse, size), await recordedMask(recorded))).toBeGreaterThan(0.7)
  })
})
