import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createDraft, readPrediction } from '../../../src/results/index.js'
import {
  labelledImage,
  readCoco,
  readPascalVoc,
  readYolo,
  writeCoco,
  writeYolo,
} from '../../../src/results/interop/index.js'
import { fillPolygons } from '../../../src/results/mask/index.js'
import { renderFindings } from '../../../src/results/render/index.js'
import { maskFromRows, maskIou, maskOf } from '../mask/masks.js'

const size = { width: 200, height: 100 }
const labels = ['Cat', 'Dog']
const options = labels.map((label) => `<Label value="${label}"/>`).join('')
const config = parseConfig(`<View><Image name="photo" value="$image"/>
  <RectangleLabels name="box" toName="photo">${options}</RectangleLabels>
  <PolygonLabels name="polygon" toName="photo">${options}</PolygonLabels>
  <BrushLabels name="brush" toName="photo">${options}</BrushLabels>
  <EllipseLabels name="ellipse" toName="photo">${options}</EllipseLabels>
  <KeyPointLabels name="point" toName="photo"><Label value="nose"/><Label value="tail"/></KeyPointLabels></View>`)

/** A picture as people label it, read back from what Label Studio would send. */
function labelled() {
  const draft = createDraft(config, { surfaces: { photo: size } })
  const box = draft
    .control('box')
    .rectangle({ label: 'Cat', x: 20, y: 10, width: 40, height: 20, unit: 'pixel', score: 0.5 })
  draft.control('point').keyPoint({ label: 'tail', x: 30, y: 15, unit: 'pixel', parent: box })
  draft.control('point').keyPoint({ label: 'nose', x: 199, y: 99, unit: 'pixel' })
  draft.control('polygon').polygon({
    label: 'Dog',
    points: [
      [100, 10],
      [140, 10],
      [140, 50],
    ],
    unit: 'pixel',
  })
  draft
    .control('brush')
    .brush({ label: 'Cat', mask: maskOf(200, 100, (x, y) => x > 150 && x < 180 && y > 60 && y < 80) })
  const { regions } = readPrediction(config, draft.finish())
  return labelledImage(regions, { ...size, fileName: 'a.jpg' })
}

describe('labelledImage', () => {
  it('gathers things with their points, and leaves out points of nothing', () => {
    const { things } = labelled()
    expect(things).toMatchObject([
      { label: 'Cat', score: 0.5, points: [{ label: 'tail', x: expect.closeTo(30), y: expect.closeTo(15) }] },
      { label: 'Dog', box: { x: 100, y: 10, width: 40, height: 40 }, outline: [{}, {}, {}] },
      { label: 'Cat', box: { x: 150, y: 60, width: 30, height: 20 }, mask: size },
    ])
    expect(things[1]).not.toHaveProperty('points')
  })

  it('keeps one page, and turned boxes and ellipses', () => {
    const draft = createDraft(config, { surfaces: { photo: [size, size] } })
    draft
      .control('box')
      .rectangle({ label: 'Cat', x: 50, y: 50, width: 20, height: 10, rotation: 90, unit: 'pixel', itemIndex: 1 })
    draft
      .control('ellipse')
      .ellipse({ label: 'Dog', x: 50, y: 50, radiusX: 20, radiusY: 10, unit: 'pixel', itemIndex: 0 })
    const { regions } = readPrediction(config, { result: draft.results })
    expect(labelledImage(regions, { ...size, fileName: 'b.jpg', page: 1 }).things).toMatchObject([
      { label: 'Cat', box: { x: expect.closeTo(35), y: expect.closeTo(55), rotation: 90 } },
    ])
    const [ellipse] = labelledImage(regions, { ...size, fileName: 'a.jpg', page: 0 }).things
    expect(ellipse).toMatchObject({ label: 'Dog', box: { x: 30, y: 40, width: 40, height: 20 } })
    expect(ellipse?.outline).toHaveLength(64)
  })
})

describe('COCO', () => {
  it('is written with boxes, outlines, masks and key points, and read back', () => {
    const dataset = writeCoco([labelled()], { labels, keypoints: ['nose', 'tail'] })
    expect(dataset.images).toEqual([{ id: 1, file_name: 'a.jpg', width: 200, height: 100 }])
    expect(dataset.categories[1]).toEqual({ id: 2, name: 'Dog', keypoints: ['nose', 'tail'] })
    expect(dataset.annotations).toMatchObject([
      { id: 1, image_id: 1, category_id: 1, area: expect.closeTo(800), segmentation: [], num_keypoints: 1, score: 0.5 },
      { category_id: 2, bbox: [100, 10, 40, 40], area: 800, segmentation: [[100, 10, 140, 10, 140, 50]] },
      { category_id: 1, bbox: [150, 60, 30, 20], area: 600, segmentation: { size: [100, 200] } },
    ])
    expect(dataset.annotations[0]?.keypoints?.slice(0, 3)).toEqual([0, 0, 0])

    const [image] = readCoco(JSON.parse(JSON.stringify(dataset)))
    expect(image).toMatchObject({ fileName: 'a.jpg', ...size })
    expect(image?.findings).toMatchObject([
      { kind: 'pose', label: 'Cat', score: 0.5, points: [{ label: 'nose', score: 0 }, { label: 'tail' }] },
      { kind: 'mask', label: 'Dog' },
      { kind: 'mask', label: 'Cat' },
    ])
  })

  it('writes painted things as polygons when asked to', () => {
    const [, , painted] = writeCoco([labelled()], { labels, masks: 'polygon' }).annotations
    expect(painted?.segmentation).toMatchObject([[150, 60, 180, 60, 180, 80, 150, 80]])
  })

  it('refuses a label that is not listed, and ids that lead nowhere', () => {
    expect(() => writeCoco([labelled()], { labels: ['Cat'] })).toThrow(
      expect.objectContaining({ code: 'label-not-listed' }),
    )
    const data = { images: [{ id: 1, file_name: 'a', width: 9, height: 9 }], categories: [{ id: 1, name: 'x' }] }
    const read = (results: unknown) => () => readCoco(data, results)
    expect(read([{ image_id: 1, category_id: 2 }])).toThrow(
      expect.objectContaining({ path: 'annotations[0].category_id' }),
    )
    expect(read([{ image_id: 'b', category_id: 1 }])).toThrow(
      expect.objectContaining({ path: 'annotations[0].image_id' }),
    )
    expect(read([{ image_id: 1, category_id: 1, bbox: [1, 2] }])).toThrow(
      expect.objectContaining({ code: 'broken-coco' }),
    )
    expect(() => readCoco({ images: [{}] })).toThrow(expect.objectContaining({ path: 'dataset.images.0.id' }))
  })

  it('detections of a results file become a prediction', () => {
    const data = { images: [{ id: 7, file_name: 'a.jpg', ...size }], categories: [{ id: 3, name: 'cat' }] }
    const [image] = readCoco(data, [{ image_id: 7, category_id: 3, bbox: [20, 10, 40, 20], score: 0.9 }])
    const [object] = config.objects.values()
    if (image === undefined || object === undefined) throw new Error('nothing was read')
    const draft = createDraft(config, { modelVersion: 'coco' })
    const { issues } = renderFindings({
      config,
      object,
      controls: [...config.controls.values()],
      surface: image,
      findings: image.findings,
      draft,
    })
    expect(issues).toEqual([])
    expect(draft.finish()).toMatchObject({
      model_version: 'coco',
      result: expect.arrayContaining([
        expect.objectContaining({
          from_name: 'box',
          value: expect.objectContaining({ x: 10, y: 10, width: 20, height: 20 }),
        }),
      ]),
    })
  })
})

describe('YOLO', () => {
  it('is written for each task', () => {
    const image = labelled()
    expect(writeYolo(image, { task: 'detect', labels })).toBe(
      '0 0.2 0.2 0.2 0.2\n1 0.6 0.3 0.2 0.4\n0 0.825 0.7 0.15 0.2\n',
    )
    expect(writeYolo(image, { task: 'segment', labels }).split('\n')[1]).toBe('1 0.5 0.1 0.7 0.1 0.7 0.5')
    expect(writeYolo(image, { task: 'obb', labels }).split('\n')[2]).toBe('0 0.75 0.6 0.9 0.6 0.9 0.8 0.75 0.8')
    expect(writeYolo(image, { task: 'pose', labels, keypoints: ['nose', 'tail'] }).split('\n')[0]).toBe(
      '0 0.2 0.2 0.2 0.2 0 0 0 0.15 0.15 2',
    )
  })

  it('is read for each task, with and without confidence', () => {
    const read = (text: string, task: 'detect' | 'segment' | 'pose' | 'obb') =>
      readYolo(text, { task, labels, ...size, fileName: 'a.jpg', keypoints: { count: 1, visible: true } }).findings
    expect(read('1 0.5 0.5 0.1 0.2\n\n0 0.5 0.5 0.1 0.2 0.75\r\n', 'detect')).toMatchObject([
      { kind: 'detection', label: 'Dog', box: { x: expect.closeTo(90), y: expect.closeTo(40), width: 20, height: 20 } },
      { label: 'Cat', score: 0.75 },
    ])
    const [turned] = read('0 0.5 0.1 0.6 0.3 0.5 0.5 0.4 0.3', 'obb')
    expect(turned).toMatchObject({ kind: 'detection', box: { rotation: 45, width: expect.closeTo(20 * Math.SQRT2) } })
    const [shape] = read('0 0.5 0.1 0.7 0.1 0.7 0.5 0.9', 'segment')
    const triangle = [
      { x: 100, y: 10 },
      { x: 140, y: 10 },
      { x: 140, y: 50 },
    ]
    expect(shape).toMatchObject({ kind: 'mask', score: 0.9 })
    if (shape?.kind === 'mask') expect(maskIou(shape.mask, fillPolygons([triangle], 200, 100))).toBe(1)
    expect(read('0 0.5 0.5 0.1 0.2 0.25 0.5 2', 'pose')).toMatchObject([{ points: [{ x: 50, y: 50, score: 1 }] }])
  })

  it('says which line is wrong', () => {
    const read = (text: string) => () => readYolo(text, { task: 'detect', labels, ...size, fileName: 'a.jpg' })
    for (const line of ['2 0 0 0 0', '0 0 0', 'x 0 0 0 0', '0 a 0 0 0']) {
      expect(read(`0 0.1 0.1 0.1 0.1\n${line}`)).toThrow(
        expect.objectContaining({ code: 'broken-yolo', path: 'line 2' }),
      )
    }
  })
})

describe('Pascal VOC', () => {
  const xml = (
    box: string,
  ) => `<annotation><filename>a.jpg</filename><size><width>200</width><height>100</height></size>
    <object><name>cat</name><bndbox>${box}</bndbox></object></annotation>`
  const whole = '<xmin>1</xmin><ymin>1</ymin><xmax>200</xmax><ymax>100</ymax>'

  it('counts pixels from one, both ends included, or from zero', () => {
    expect(readPascalVoc(xml(whole))).toEqual({
      fileName: 'a.jpg',
      ...size,
      findings: [{ kind: 'detection', label: 'cat', box: { x: 0, y: 0, width: 200, height: 100 } }],
    })
    expect(readPascalVoc(xml(whole), { firstPixel: 0 }).findings).toMatchObject([{ box: { x: 1, y: 1, width: 199 } }])
  })

  it('says what is missing', () => {
    expect(() => readPascalVoc(xml('<xmin>1</xmin>'))).toThrow(
      expect.objectContaining({ code: 'broken-pascal-voc', path: 'annotation/object[1]/bndbox/ymin' }),
    )
    expect(() => readPascalVoc('<annotation>')).toThrow(expect.objectContaining({ code: 'broken-pascal-voc' }))
    expect(() => readPascalVoc('<other/>')).toThrow(expect.objectContaining({ path: 'annotation' }))
  })
})

it('COCO masks with holes keep them', () => {
  const mask = maskFromRows('####', '#..#', '####')
  const dataset = writeCoco(
    [
      {
        fileName: 'a',
        width: 4,
        height: 3,
        things: [{ label: 'Cat', mask, box: { x: 0, y: 0, width: 4, height: 3 } }],
      },
    ],
    { labels },
  )
  expect(readCoco(dataset)[0]?.findings).toMatchObject([{ kind: 'mask', mask }])
})
