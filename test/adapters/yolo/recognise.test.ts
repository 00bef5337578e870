import { describe, expect, it } from 'vitest'
import { inspectYoloModel } from '../../../src/adapters/yolo/inspect.js'
import { loadYoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions, type YoloOptions } from '../../../src/adapters/yolo/options.js'
import { createFactsReader } from '../../../src/adapters/yolo/weights/facts.js'
import { type WrittenModel, writeOnnx } from '../../inference/onnx-writer.js'
import { close, find, IMAGES, NAMES, rows } from './find-with.js'

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
    expect(model.layout).toMatchObject({
      stride: 64,
      size: { width: 128, height: 128 },
      free: { width: true, height: true },
    })
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

  it.each(['semantic', 'depth'])('names a task that is not served: %s', async (task) => {
    const outputs = [{ name: 'output0', dims: [1, 64, 64], data: new Float32Array(4096) }]
    await expect(load({ inputs: [IMAGES], outputs, properties: { task } }, { names: NAMES })).rejects.toMatchObject({
      code: 'yolo-unserved-model',
      message: `This YOLO model cannot be used: its task is ${task}`,
    })
  })

  it('names channels that no picture has', async () => {
    const inputs = [{ name: 'images', dims: [1, 10, 64, 64] }]
    const properties = { task: 'detect', channels: '10' }
    await expect(load({ inputs, outputs: [output], properties }, { names: NAMES })).rejects.toMatchObject({
      code: 'yolo-unserved-model',
      message: 'This YOLO model cannot be used: it takes pictures of 10 channels',
    })
  })

  it('says why the runtime refuses it', async () => {
    await expect(load({ inputs: [IMAGES], outputs: [output], opset: 999 }, { names: NAMES })).rejects.toMatchObject({
      code: 'model-load-failed',
      message: expect.stringContaining('999'),
    })
  })
})
