import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { inspectYoloModel } from '../../../src/adapters/yolo/inspect.js'
import { loadYoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions, type YoloOptions } from '../../../src/adapters/yolo/options.js'
import { createFactsReader } from '../../../src/adapters/yolo/weights/facts.js'
import type { Finding } from '../../../src/results/findings.js'
import { type WrittenInput, type WrittenModel, writeOnnx } from '../../inference/onnx-writer.js'

const IMAGES: WrittenInput = { name: 'images', dims: [1, 3, 64, 64] }
const NAMES = ['cat', 'dog']

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#777' } })
    .png()
    .toBuffer()

/** An output of `count` rows of which only these are not empty. */
function rows(count: number, columns: number, filled: Readonly<Record<number, readonly number[]>>): Float32Array {
  const data = new Float32Array(count * columns)
  for (const [row, values] of Object.entries(filled)) data.set(values, Number(row) * columns)
  return data
}

async function find(
  written: WrittenModel,
  options: Omit<YoloOptions, 'model'>,
  picture: Promise<Buffer> = blank(64, 64),
): Promise<{ head: string; findings: Finding[] }> {
  const model = await loadYoloModel(parseYoloOptions({ model: writeOnnx(written), names: NAMES, ...options }))
  try {
    const [findings] = await model.find(
      [{ bytes: await picture }],
      [new Float32Array(model.layout.names.length).fill(0.25)],
    )
    if (findings === undefined || findings instanceof Error) throw findings
    return { head: model.layout.head, findings }
  } finally {
    await model.dispose()
  }
}

const close = (value: number) => expect.closeTo(value, 3)
const detection = (label: string, score: number, [x, y, width, height]: readonly [number, number, number, number]) => ({
  kind: 'detection',
  label,
  score: close(score),
  box: { x: close(x), y: close(y), width: close(width), height: close(height) },
})

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

describe('files that leave the shapes of their outputs open', () => {
  const free = { name: 'images', dims: ['batch', 3, 'height', 'width'] }
  const size = { imgsz: '[64, 64]', names: "{0: 'cat', 1: 'dog'}" }
  const open = (dims: readonly number[], filled: Readonly<Record<number, readonly number[]>>, columns: number) => ({
    name: 'output0',
    dims,
    declared: dims.map((_, index) => `dim_${index}`),
    data: rows((dims[1] ?? 0) === columns ? (dims[2] ?? 0) : (dims[1] ?? 0), columns, filled),
  })
  /** Channels first: value `column` of place 0. */
  const planes = (channels: number, values: readonly number[]) => ({
    ...open([1, channels, 84], {}, channels),
    data: Float32Array.from({ length: channels * 84 }, (_, i) => (i % 84 === 0 ? (values[i / 84] ?? 0) : 0)),
  })
  const prototypes = {
    name: 'output1',
    dims: [1, 2, 16, 16],
    declared: ['batch', 2, 'h', 'w'],
    data: new Float32Array(512).fill(1),
  }
  const BOX = [32, 32, 40, 20]

  it.each([
    ['detect', 'anchor-free', [planes(6, [...BOX, 0.1, 0.9])], {}],
    ['obb', 'anchor-free', [planes(7, [...BOX, 0.1, 0.9, 0])], {}],
    ['segment', 'anchor-free', [planes(8, [...BOX, 0.1, 0.9, 1, 0]), prototypes], {}],
    ['pose', 'anchor-free', [planes(10, [...BOX, 0.1, 0.9, 20, 30, 40, 35])], { kpt_shape: '[2, 2]' }],
    ['detect', 'end-to-end', [open([1, 300, 6], { 0: [12, 22, 52, 42, 0.9, 1] }, 6)], { args: "{'nms': True}" }],
    ['detect', 'end-to-end', [open([1, 300, 6], { 0: [12, 22, 52, 42, 0.9, 1] }, 6)], { end2end: 'True' }],
  ] as const)('%s, %s', async (task, head, outputs, more) => {
    const written = { inputs: [free], outputs, properties: { ...size, task, ...more } }
    const found = await find(written, {})
    expect(found.head).toBe(head)
    expect(found.findings).toMatchObject([{ label: 'dog', score: close(0.9) }])
    const facts = await inspectYoloModel(parseYoloOptions({ model: writeOnnx(written) }), createFactsReader())
    expect(facts).toMatchObject({ classes: NAMES, summary: `yolo ${task} (${head}), 2 classes, 64×64` })
  })

  it('of fixed size and without metadata', async () => {
    const written = { inputs: [IMAGES], outputs: [planes(6, [...BOX, 0.1, 0.9])] }
    const found = await find(written, {})
    expect(found).toMatchObject({ head: 'anchor-free', findings: [{ label: 'dog' }] })
    const facts = await inspectYoloModel(
      parseYoloOptions({ model: writeOnnx(written), names: NAMES }),
      createFactsReader(),
    )
    expect(facts).toMatchObject({ summary: 'yolo detect, 2 classes, 64×64' })
  })

  it('with few rows, whose columns are open', async () => {
    const rowsOfSix = open([1, 300, 6], { 0: [12, 22, 52, 42, 0.9, 1] }, 6)
    const written = { inputs: [IMAGES], outputs: [{ ...rowsOfSix, declared: ['batch', 300, 'columns'] }] }
    expect(await find(written, {})).toMatchObject({ head: 'end-to-end', findings: [{ label: 'dog' }] })
  })

  it('counts classes before they run where only the batch is open', async () => {
    const channels = { ...planes(6, []), declared: ['batch', 6, 84] }
    const model = writeOnnx({ inputs: [free], outputs: [channels], properties: { task: 'detect' } })
    const options = parseYoloOptions({ model, names: ['a', 'b', 'c'] })
    await expect(inspectYoloModel(options, createFactsReader())).rejects.toMatchObject({ code: 'yolo-class-count' })
  })

  it('counts their classes once they ran', async () => {
    const written = { inputs: [IMAGES], outputs: [planes(6, [...BOX, 0.1, 0.9])] }
    await expect(find(written, { names: ['a', 'b', 'c'] })).rejects.toMatchObject({
      code: 'yolo-class-count',
      message: 'The model has 2 classes, but 3 names are given',
    })
  })
})

describe('options that a model does not heed', () => {
  const final = { name: 'output', dims: [1, 300, 6], data: rows(300, 6, {}) }
  const notes = async (outputs: WrittenModel['outputs'], properties: Record<string, string>) => {
    const model = writeOnnx({ inputs: [IMAGES], outputs, properties })
    return (await inspectYoloModel(parseYoloOptions({ model, names: NAMES }), createFactsReader())).notes
  }

  it.each([
    [{ args: "{'nms': True}" }, 'suppression is inside the model: `iouThreshold`, `agnosticNms` and `multiLabel`'],
    [{ end2end: 'True' }, 'its boxes are not suppressed: `iouThreshold`, `agnosticNms` and `multiLabel`'],
    [{ head: 'RTDETRDecoder' }, 'its boxes are not suppressed: `iouThreshold`, `agnosticNms` and `multiLabel`'],
    [{ description: 'RT-DETR' }, 'its boxes are not suppressed: `iouThreshold` and `agnosticNms`'],
  ])('are told of a file with %j', async (properties, note) => {
    expect(await notes([final], { task: 'detect', ...properties })).toEqual([expect.stringContaining(note)])
  })

  it('are none where boxes are suppressed here', async () => {
    expect(await notes([{ name: 'output', dims: [1, 84, 7], data: rows(84, 7, {}) }], {})).toBeUndefined()
  })
})

describe('what the shapes do not tell', () => {
  const pose = { 0: [32, 32, 20, 20, 0.9, 28, 30, 34, 36] }
  const skeleton = { name: 'output', dims: [1, 84, 9], data: rows(84, 9, pose) }

  it('key points of a pose model without metadata', async () => {
    const written = { inputs: [IMAGES], outputs: [skeleton] }
    const options = { names: ['hand'], task: 'pose' } as const
    await expect(find(written, options)).rejects.toMatchObject({
      code: 'yolo-keypoints-missing',
      message: 'The file does not tell its key points, and 17 of 3 values do not fit the output [1, 84, 9]',
    })
    const { findings } = await find(written, { ...options, keypoints: [2, 2] })
    expect(findings).toMatchObject([
      {
        label: 'hand',
        points: [
          { x: 28, y: 30 },
          { x: 34, y: 36 },
        ],
      },
    ])
  })

  it('the stride of a model that takes any size', async () => {
    const output = { name: 'output', dims: [1, 300, 6], data: rows(300, 6, { 0: [1, 2, 11, 22, 0.8, 1] }) }
    const inputs = [{ name: 'images', dims: [1, 3, 'height', 'width'] }]
    const bytes = writeOnnx({ inputs, outputs: [output] })
    const model = await loadYoloModel(parseYoloOptions({ model: bytes, names: NAMES, imageSize: 100, stride: 64 }))
    await model.dispose()
    expect(model.layout).toMatchObject({ stride: 64, size: { width: 128, height: 128 }, freeSize: true })
  })
})

describe('files that cannot be used', () => {
  const output = { name: 'output', dims: [1, 84, 7], data: new Float32Array(84 * 7) }
  const load = (written: WrittenModel, options: Omit<YoloOptions, 'model'> = {}) =>
    loadYoloModel(parseYoloOptions({ model: writeOnnx(written), ...options }))

  it('asks for class names', async () => {
    await expect(load({ inputs: [IMAGES], outputs: [output] })).rejects.toMatchObject({
      code: 'yolo-class-names-missing',
      message: 'The model has 2 classes, but its file does not name them',
    })
  })

  it('counts class names', async () => {
    await expect(load({ inputs: [IMAGES], outputs: [output] }, { names: ['a', 'b', 'c', 'd'] })).rejects.toMatchObject({
      code: 'yolo-class-count',
    })
  })

  it.each([
    [[1, 7, 84], 3],
    [[1, 84, 9], 4],
    [[1, 252, 9], 4],
    [[1, 7], 7],
  ])('counts the class names of an output of %j, whatever its head', async (dims, classes) => {
    const data = new Float32Array(dims.reduce((product, side) => product * side, 1))
    const written = { inputs: [IMAGES], outputs: [{ name: 'output', dims, data }] }
    await expect(load(written, { names: NAMES })).rejects.toMatchObject({
      code: 'yolo-class-count',
      message: `The model has ${classes} classes, but 2 names are given`,
    })
  })

  it('counts them where the head is named too', async () => {
    const transposed = { name: 'output', dims: [1, 84, 7], data: new Float32Array(84 * 7) }
    await expect(
      load({ inputs: [IMAGES], outputs: [transposed] }, { names: NAMES, head: 'anchor-free' }),
    ).rejects.toMatchObject({ code: 'yolo-class-count', message: 'The model has 3 classes, but 2 names are given' })
  })

  it('does not guess whether seven columns are classes or a box', async () => {
    const inputs = [{ name: 'images', dims: ['batch', 3, 64, 64] }]
    const outputs = [{ name: 'output', dims: [1, 7], declared: ['n', 7], data: new Float32Array(7) }]
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    await expect(load({ inputs, outputs }, { names })).rejects.toMatchObject({ code: 'yolo-unknown-model' })
    const model = await loadYoloModel(
      parseYoloOptions({ model: writeOnnx({ inputs, outputs }), names, task: 'classify' }),
    )
    await model.dispose()
    expect(model.layout.task).toBe('classify')
  })

  it('refuses another size than the file has', async () => {
    const wanted = { names: NAMES, imageSize: [64, 96] } as const
    await expect(load({ inputs: [IMAGES], outputs: [output] }, wanted)).rejects.toMatchObject({
      code: 'yolo-image-size',
      message: "The model's input is 64×64, so `imageSize` cannot be 64×96",
    })
  })

  it('says what it saw of a model that is none', async () => {
    const outputs = [{ name: 'logits', dims: [1, 5, 7, 9], data: new Float32Array(315) }]
    await expect(load({ inputs: [IMAGES], outputs }, { names: NAMES })).rejects.toMatchObject({
      code: 'yolo-unknown-model',
      message: expect.stringContaining('seen: inputs images float32[1, 3, 64, 64]; outputs logits float32[1, 5, 7, 9]'),
    })
  })

  it('says why the runtime refuses it', async () => {
    await expect(load({ inputs: [IMAGES], outputs: [output], opset: 999 }, { names: NAMES })).rejects.toMatchObject({
      code: 'model-load-failed',
      message: expect.stringContaining('999'),
    })
  })
})
