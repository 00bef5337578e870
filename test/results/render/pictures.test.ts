import { describe, expect, it } from 'vitest'
import type { Finding, Mask } from '../../../src/results/index.js'
import { decodeBitmask, decodeBrush, fillPolygons, maskArea } from '../../../src/results/mask/index.js'
import { maskIou, maskOf } from '../mask/masks.js'
import { render } from './render.js'

const photo = { width: 200, height: 100 }
const image = '<Image name="photo" value="$image"/>'
const labelled = (tag: string, attributes = '') =>
  `${image}<${tag} name="c" toName="photo" ${attributes}><Label value="Cat"/></${tag}>`

/** A slanted bar with a hole, and a speck. */
const pixels = maskOf(200, 100, (x, y) => {
  const [across, down] = [(x - 100) * 0.8 + (y - 50) * 0.6, (y - 50) * 0.8 - (x - 100) * 0.6]
  return (Math.abs(across) < 50 && Math.abs(down) < 20 && Math.hypot(x - 100, y - 50) > 8) || (x > 198 && y > 98)
})
const mask: Mask = { kind: 'mask', label: 'cat', score: 0.7, mask: pixels }
const box: Finding = { kind: 'detection', label: 'cat', box: { x: 20, y: 10, width: 40, height: 20, rotation: 30 } }

describe('masks', () => {
  it('become one polygon around the hole, without the speck', () => {
    const { results, issues } = render(labelled('PolygonLabels'), photo, [mask])
    expect(issues).toEqual([])
    expect(results).toMatchObject([
      { type: 'polygonlabels', value: { closed: true, polygonlabels: ['Cat'] }, score: 0.7 },
    ])
    const ring = pointsOf(results[0]).map(([x, y]) => ({ x: x * 2, y }))
    expect(maskIou(fillPolygons([ring], 200, 100), pixels)).toBeGreaterThan(0.97)
  })

  it('become polygons as the options say', () => {
    const options = { polygons: { holes: 'split', tolerance: 0, minArea: 0, minHoleArea: 0 } } as const
    const { results } = render(labelled('PolygonLabels'), photo, [mask], options)
    expect(results.length).toBeGreaterThan(2)
    const rings = results.map((result) => pointsOf(result).map(([x, y]) => ({ x: x * 2, y })))
    expect(maskIou(fillPolygons(rings, 200, 100), pixels)).toBe(1)
  })

  it('become brush strokes and bitmasks of the same pixels', () => {
    const rle = render(labelled('BrushLabels'), photo, [mask]).results[0]?.value.rle
    expect(Array.isArray(rle) && decodeBrush(rle, 200, 100)).toEqual(pixels)
    const url = render(labelled('BitmaskLabels'), photo, [mask]).results[0]?.value.imageDataURL
    expect(typeof url === 'string' && decodeBitmask(url, 200, 100)).toEqual(pixels)
  })

  it('become upright boxes, or turned ones where the control asks for those', () => {
    const bar: Mask = {
      ...mask,
      mask: maskOf(200, 100, (x, y) => pixels.data[Math.floor(y) * 200 + Math.floor(x)] === 255 && x < 198),
    }
    const [upright] = render(labelled('RectangleLabels'), photo, [bar]).results
    expect(upright?.value).toMatchObject({ rotation: 0, x: expect.closeTo(24, 0), width: expect.closeTo(52, 0) })
    const [turned] = render(labelled('RectangleLabels', 'model_obb="true"'), photo, [bar]).results
    expect(turned?.value).toMatchObject({ width: expect.closeTo(50, -1), height: expect.closeTo(40, -1) })
    expect(Number(turned?.value.rotation)).toBeCloseTo(36.87, 0)
  })

  it('become ellipses', () => {
    const disc: Mask = { ...mask, mask: maskOf(200, 100, (x, y) => Math.hypot(x - 60, y - 40) < 20) }
    expect(render(labelled('EllipseLabels'), photo, [disc]).results[0]?.value).toMatchObject({
      x: expect.closeTo(30, 0),
      y: expect.closeTo(40, 0),
      radiusX: expect.closeTo(10, 0),
      radiusY: expect.closeTo(20, 0),
    })
  })

  it('keep their largest part when all of it is small', () => {
    const speck: Mask = { ...mask, mask: maskOf(200, 100, (x, y) => x < 2 && y < 2) }
    expect(render(labelled('PolygonLabels'), photo, [speck]).results).toHaveLength(1)
  })

  it('that are empty or of another size are issues', () => {
    const empty: Mask = { ...mask, mask: maskOf(200, 100, () => false) }
    const other: Mask = { ...mask, mask: maskOf(20, 10, () => true) }
    for (const tag of ['PolygonLabels', 'BrushLabels', 'RectangleLabels', 'EllipseLabels']) {
      const { results, issues } = render(labelled(tag), photo, [empty, other])
      expect(results).toEqual([])
      expect(issues.map(({ code }) => code)).toEqual(['empty-mask', 'mask-size-mismatch'])
    }
  })
})

describe('detections on other controls', () => {
  it('become ellipses, polygons, vectors, strokes', () => {
    expect(render(labelled('EllipseLabels'), photo, [box]).results).toMatchObject([
      { value: { x: 20, y: 20, radiusX: 10, radiusY: 10, rotation: 30 } },
    ])
    const polygon = pointsOf(render(labelled('PolygonLabels'), photo, [box]).results[0])
    expect(polygon).toHaveLength(4)
    expect(render(labelled('VectorLabels'), photo, [box]).results[0]?.value).toMatchObject({
      closed: true,
      vertices: polygon.map(([x, y]) => ({ x, y })),
    })
    const rle = render(labelled('BrushLabels'), photo, [box]).results[0]?.value.rle
    const area = Array.isArray(rle) ? maskArea(decodeBrush(rle, 200, 100)) : 0
    expect(Math.abs(area - 800)).toBeLessThan(20)
  })
})

describe('plain geometry tags', () => {
  const split = `${image}<Rectangle name="box" toName="photo"/>
    <Labels name="label" toName="photo"><Label value="Text"/><Label value="Note" score_threshold="0.5"/></Labels>
    <TextArea name="words" toName="photo" perRegion="true"/>`

  it('get their label and their text from the controls beside them, under one id and with one geometry', () => {
    const found: Finding = {
      kind: 'detection',
      label: 'text',
      score: 0.8,
      box: { x: 20, y: 10, width: 40, height: 20 },
      text: 'abc',
    }
    const { results, issues } = render(split, photo, [found])
    expect(issues).toEqual([])
    const geometry = { x: 10, y: 10, width: 20, height: 20, rotation: 0 }
    const id = results[0]?.id
    expect(results).toMatchObject([
      { id, from_name: 'box', type: 'rectangle', value: geometry, score: 0.8 },
      { id, from_name: 'label', type: 'labels', value: { ...geometry, labels: ['Text'] } },
      { id, from_name: 'words', type: 'textarea', value: { ...geometry, text: ['abc'] } },
    ])
  })

  it('leave out what has no label there or scores too little', () => {
    const found = { kind: 'detection', score: 0.4, box: { x: 20, y: 10, width: 40, height: 20 } } as const
    expect(
      render(split, photo, [
        { ...found, label: 'cat' },
        { ...found, label: 'note' },
      ]),
    ).toEqual({ results: [], issues: [] })
  })

  it('draw without a label where nothing gives one', () => {
    const { results } = render(`${image}<Ellipse name="e" toName="photo"/>`, photo, [box])
    expect(results).toMatchObject([{ type: 'ellipse', value: { radiusX: 10 } }])
  })
})

describe('skeletons', () => {
  const pose: Finding = {
    kind: 'pose',
    label: 'person',
    score: 0.9,
    box: { x: 20, y: 10, width: 100, height: 80 },
    points: [
      { x: 50, y: 20, score: 0.8, label: 'nose' },
      { x: 60, y: 30, score: 0.1, label: 'eye' },
      { x: 70, y: 40, label: 'ear' },
    ],
  }
  const boxes = '<RectangleLabels name="body" toName="photo"><Label value="Person"/></RectangleLabels>'

  it('become points by model_index under their box, wherever that stands in the config', () => {
    const points = `<KeyPointLabels name="point" toName="photo" model_point_threshold="0.5" model_point_size="2">
      <Label value="Ear" model_index="2" predicted_values="person"/><Label value="Nose" model_index="0"/>
      <Label value="Eye" model_index="1"/></KeyPointLabels>`
    const { results, issues } = render(`${image}${points}${boxes}`, photo, [pose])
    expect(issues).toEqual([])
    const parentID = results[0]?.id
    expect(results).toMatchObject([
      { from_name: 'body', value: { x: 10, width: 50, rectanglelabels: ['Person'] }, score: 0.9 },
      { from_name: 'point', value: { x: 25, y: 20, width: 1, keypointlabels: ['Nose'] }, score: 0.8, parentID },
      { from_name: 'point', value: { x: 35, y: 40, keypointlabels: ['Ear'] }, score: 0.9, parentID },
    ])
  })

  it('go where they are sent, the points under the box that is named', () => {
    const points = '<KeyPointLabels name="point" toName="photo"><Label value="nose"/></KeyPointLabels>'
    const config = `${image}${points}${boxes}${boxes.replace('body', 'other')}`
    const sent = (finding: Finding) =>
      render(config, photo, [finding]).results.map(({ from_name, parentID }) => [from_name, parentID !== undefined])
    expect(sent({ ...pose, control: 'point', boxControl: 'other' })).toEqual([
      ['other', false],
      ['point', true],
    ])
    expect(sent({ ...pose, control: 'point' })).toEqual([['point', false]])
  })

  it('become points by the classes of the points, or that of the whole', () => {
    const points = (labels: string) => `${image}<KeyPointLabels name="point" toName="photo">${labels}</KeyPointLabels>`
    expect(labelsOf(render(points('<Label value="nose"/><Label value="Ear"/>'), photo, [pose]))).toEqual([
      'nose',
      'Ear',
    ])
    expect(labelsOf(render(points('<Label value="Person"/>'), photo, [pose]))).toEqual(['Person', 'Person', 'Person'])
  })

  it('become a box around the points when the model gave none', () => {
    const { box: _, ...without } = pose
    expect(render(`${image}${boxes}`, photo, [without]).results).toMatchObject([
      { value: { x: 25, y: 20, width: 10, height: 20 } },
    ])
  })
})

function labelsOf({ results }: ReturnType<typeof render>): unknown[] {
  return results.flatMap(({ value }) => value.keypointlabels)
}

function pointsOf(result: { readonly value: Readonly<Record<string, unknown>> } | undefined): [number, number][] {
  const points = result?.value.points
  return Array.isArray(points) ? points : []
}
