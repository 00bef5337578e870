import { describe, expect, it } from 'vitest'
import { loadYoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../../../src/adapters/yolo/options.js'
import { writeOnnx } from '../../inference/onnx-writer.js'
import { blank, close, detection, find, IMAGES, NAMES, rows } from './find-with.js'

describe('heads that no recorded model has', () => {
  // 64 px: 8×8 + 4×4 + 2×2 places; row 10 is column 2, row 1 of the first level.
  const yolox = { 10: [0.5, 0.5, Math.log(2), Math.log(1), 0.9, 0.1, 0.8], 83: [0, 0, 0, 0, 0.9, 0.9, 0] }

  it('YOLOX: offsets and logarithms, the picture at the top left', async () => {
    const output = { name: 'output', dims: [1, 84, 7], data: rows(84, 7, yolox) }
    const { head, findings } = await find({ inputs: [IMAGES], outputs: [output] }, {}, blank(128, 64))
    expect(head).toBe('yolox')
    expect(findings).toEqual([
      // Column and row 1 of the last level, a box of one stride around its corner, in a picture half as large as the input.
      detection('cat', 0.81, [32, 32, 64, 32]),
      detection('dog', 0.72, [24, 16, 32, 16]),
    ])
  })

  it('YOLOX, decoded in the graph', async () => {
    const output = { name: 'output', dims: [1, 84, 7], data: rows(84, 7, { 10: [20, 12, 24, 8, 0.9, 0.1, 0.8] }) }
    const { findings } = await find({ inputs: [IMAGES], outputs: [output] }, {})
    expect(findings).toEqual([detection('dog', 0.72, [8, 8, 24, 8])])
  })

  it('RT-DETR with final rows: fractions of a stretched picture, nothing suppressed', async () => {
    const filled = { 0: [0.5, 0.5, 0.5, 0.25, 0.9, 1], 7: [0.5, 0.5, 0.5, 0.25, 0.6, 1] }
    const output = { name: 'output0', dims: [1, 300, 6], declared: ['a', 'b', 6], data: rows(300, 6, filled) }
    const properties = { description: 'Ultralytics rtdetr-l model', head: 'RTDETRDecoder', task: 'detect' }
    const { head, findings } = await find({ inputs: [IMAGES], outputs: [output], properties }, {}, blank(128, 32))
    expect(head).toBe('query-final')
    expect(findings).toEqual([detection('dog', 0.9, [32, 12, 64, 8]), detection('dog', 0.6, [32, 12, 64, 8])])
  })

  it.each([
    ['final rows', [0.5, 0.5, 0.5, 0.25, 0.9, 1], { description: 'Ultralytics rtdetr-l model' }],
    ['a score for each class', [0.5, 0.5, 0.5, 0.25, 0.1, 0.9], { head: 'RTDETRDecoder' }],
    ['rows of fractions, without metadata', [0.5, 0.5, 0.5, 0.25, 0.9, 1], {}],
  ])('RT-DETR, %s, where metadata and values disagree: asks for the head', async (_, row, properties) => {
    const output = { name: 'output0', dims: [1, 300, 6], data: rows(300, 6, { 0: row }) }
    await expect(find({ inputs: [IMAGES], outputs: [output], properties }, {})).rejects.toMatchObject({
      code: 'yolo-head-unclear',
      path: 'yolo.head',
    })
    const form = row[5] === 1 ? 'query-final' : 'query'
    const { findings } = await find({ inputs: [IMAGES], outputs: [output], properties }, { head: form })
    expect(findings).toEqual([detection('dog', 0.9, [16, 24, 32, 16])])
  })

  it('RT-DETR with a score for each class, as it was exported before', async () => {
    const filled = { 0: [0.5, 0.5, 0.5, 0.25, 0.1, 0.9], 7: [0.5, 0.5, 0.5, 0.25, 0.2, 0.6] }
    const output = { name: 'output0', dims: [1, 300, 6], data: rows(300, 6, filled) }
    const properties = { description: 'Ultralytics RT-DETR-l model', task: 'detect' }
    const { head, findings } = await find({ inputs: [IMAGES], outputs: [output], properties }, {}, blank(128, 32))
    expect(head).toBe('query')
    expect(findings).toEqual([detection('dog', 0.9, [32, 12, 64, 8]), detection('dog', 0.6, [32, 12, 64, 8])])
  })

  it('YOLOv7 with suppression in the graph: the boxes of the whole batch in one list', async () => {
    const data = Float32Array.from([0, 8, 10, 28, 50, 1, 0.9, 0, 1, 2, 11, 22, 0, 0.1, 1, 4, 4, 8, 8, 0, 0.8])
    const output = { name: 'output', dims: [3, 7], declared: ['boxes', 7], data }
    const inputs = [{ name: 'images', dims: [2, 3, 64, 64] }]
    const model = await loadYoloModel(
      parseYoloOptions({ model: writeOnnx({ inputs, outputs: [output] }), names: NAMES }),
    )
    const pictures = await Promise.all([blank(64, 64), blank(64, 64)])
    const found = await model.find(
      pictures.map((bytes) => ({ bytes })),
      pictures.map(() => new Float32Array(2).fill(0.25)),
    )
    await model.dispose()
    expect(model.layout).toMatchObject({ task: 'detect', head: 'batch-rows' })
    expect(found).toEqual([[detection('dog', 0.9, [8, 10, 20, 40])], [detection('cat', 0.8, [4, 4, 4, 4])]])
  })

  it('YOLOv7 with nothing in its list', async () => {
    const output = { name: 'output', dims: [0, 7], declared: ['boxes', 7], data: new Float32Array() }
    expect(await find({ inputs: [IMAGES], outputs: [output] }, {})).toEqual({ head: 'batch-rows', findings: [] })
  })

  it('anchors with objectness, without metadata', async () => {
    const output = { name: 'output', dims: [1, 252, 7], data: rows(252, 7, { 200: [32, 32, 10, 20, 0.5, 0.9, 0.1] }) }
    const { head, findings } = await find({ inputs: [IMAGES], outputs: [output] }, {})
    expect(head).toBe('objectness')
    expect(findings).toEqual([detection('cat', 0.45, [27, 22, 10, 20])])
  })

  it('final boxes, without metadata', async () => {
    const output = { name: 'output', dims: [1, 300, 6], data: rows(300, 6, { 0: [1, 2, 11, 22, 0.8, 1] }) }
    const { head, findings } = await find({ inputs: [IMAGES], outputs: [output] }, {})
    expect(head).toBe('end-to-end')
    expect(findings).toEqual([detection('dog', 0.8, [1, 2, 10, 20])])
  })

  it('final oriented boxes with their angle', async () => {
    const data = rows(300, 7, {
      0: [30, 30, 20, 10, 0.8, 1, Math.PI / 6],
      1: [30, 30, 20, 10, 0.7, 0, (2 * Math.PI) / 3],
    })
    const properties = { end2end: 'True', task: 'obb' }
    const output = { name: 'output', dims: [1, 300, 7], data }
    const { findings } = await find({ inputs: [IMAGES], outputs: [output], properties }, {})
    expect(findings).toMatchObject([
      { label: 'dog', box: { x: close(20), y: close(25), width: close(20), height: close(10), rotation: close(30) } },
      { label: 'cat', box: { x: close(25), y: close(20), width: close(10), height: close(20), rotation: close(30) } },
    ])
  })

  it('final skeletons', async () => {
    const filled = { 0: [10, 10, 30, 30, 0.9, 0, 12, 13, 0.5, 25, 26, 0.75] }
    const properties = { end2end: 'True', task: 'pose', kpt_shape: '[2, 3]', kpt_names: "{0: ['nose', 'tail']}" }
    const output = { name: 'output', dims: [1, 300, 12], data: rows(300, 12, filled) }
    const { findings } = await find({ inputs: [IMAGES], outputs: [output], properties }, {})
    expect(findings).toMatchObject([
      {
        kind: 'pose',
        label: 'cat',
        points: [
          { x: 12, y: 13, score: 0.5, label: 'nose' },
          { x: 25, y: 26, score: 0.75, label: 'tail' },
        ],
      },
    ])
  })

  it('final boxes with masks', async () => {
    const filled = { 0: [0, 0, 32, 64, 0.9, 0, 1, 0], 1: [0, 0, 64, 64, 0.8, 1, 0, -1] }
    const prototypes = new Float32Array(2 * 16 * 16).fill(1)
    const outputs = [
      { name: 'output0', dims: [1, 300, 8], data: rows(300, 8, filled) },
      { name: 'output1', dims: [1, 2, 16, 16], data: prototypes },
    ]
    const { findings } = await find({ inputs: [IMAGES], outputs, properties: { end2end: 'True', task: 'segment' } }, {})
    // The second one's mask is empty, so there is nothing to draw.
    expect(findings).toMatchObject([{ kind: 'mask', label: 'cat', mask: { width: 64, height: 64 } }])
    const [mask] = findings
    expect(mask?.kind === 'mask' && mask.mask.data.reduce((sum, value) => sum + value, 0)).toBe(32 * 64)
  })

  it('a classifier that gives logits', async () => {
    const output = { name: 'output', dims: [1, 2], data: Float32Array.from([2, 3]) }
    const { findings } = await find({ inputs: [IMAGES], outputs: [output] }, {})
    const dog = 1 / (1 + Math.exp(-1))
    expect(findings).toEqual([
      {
        kind: 'classification',
        classes: [
          { label: 'dog', score: close(dog) },
          { label: 'cat', score: close(1 - dog) },
        ],
      },
    ])
  })

  it('several classes for one box, if asked for', async () => {
    const output = { name: 'output', dims: [1, 252, 7], data: rows(252, 7, { 0: [32, 32, 10, 10, 1, 0.5, 0.75] }) }
    const { findings } = await find({ inputs: [IMAGES], outputs: [output] }, { multiLabel: true })
    expect(findings).toMatchObject([{ label: 'dog' }, { label: 'cat' }])
  })
})

describe('inputs', () => {
  const output = { name: 'output', dims: [1, 300, 6], data: rows(300, 6, { 0: [1, 2, 11, 22, 0.8, 1] }) }

  it('takes half precision', async () => {
    const { findings } = await find({ inputs: [{ ...IMAGES, type: 'float16' }], outputs: [output] }, {})
    expect(findings).toHaveLength(1)
  })

  it.each([
    [64, 'width'],
    ['height', 64],
  ])('leaves a fixed side as it is: %s×%s', async (height, width) => {
    const inputs = [{ name: 'images', dims: [1, 3, height, width] }]
    const everywhere = { ...output, data: rows(300, 6, { 0: [0, 0, 64, 64, 0.8, 1] }) }
    for (const picture of [blank(300, 20), blank(20, 300)]) {
      const { findings } = await find({ inputs, outputs: [everywhere] }, { imageSize: [64, 64] }, picture)
      expect(findings).toHaveLength(1)
    }
  })

  it('takes grey pictures alone', async () => {
    const inputs = [{ name: 'images', dims: [1, 1, 64, 64] }]
    const properties = { task: 'detect', channels: '1' }
    const { findings } = await find({ inputs, outputs: [output], properties }, {})
    expect(findings).toEqual([detection('dog', 0.8, [1, 2, 10, 20])])
  })

  it('fills up a fixed batch', async () => {
    const filled = { 0: [1, 2, 11, 22, 0.8, 1], 300: [3, 4, 13, 24, 0.8, 0] }
    const pair = { name: 'output', dims: [2, 300, 6], data: rows(600, 6, filled) }
    const bytes = writeOnnx({ inputs: [{ name: 'images', dims: [2, 3, 64, 64] }], outputs: [pair] })
    const model = await loadYoloModel(parseYoloOptions({ model: bytes, names: NAMES }))
    const pictures = await Promise.all([blank(64, 64), blank(64, 64), blank(64, 64)])
    const found = await model.find(
      pictures.map((picture) => ({ bytes: picture })),
      pictures.map(() => new Float32Array(2)),
    )
    await model.dispose()
    expect(found).toMatchObject([[{ label: 'dog' }], [{ label: 'cat' }], [{ label: 'dog' }]])
  })
})
