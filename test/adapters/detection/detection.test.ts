import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { type DetectionOptions, detection } from '../../../src/adapters/detection/index.js'
import type { Finding } from '../../../src/results/findings.js'
import { type WrittenOutput, writeOnnx } from '../../inference/onnx-writer.js'
import { pictureItem, silent } from '../yolo/picture-item.js'

const NAMES = ['cat', 'dog']
const blank = sharp({ create: { width: 100, height: 50, channels: 3, background: '#777' } })
  .png()
  .toBuffer()

async function find(options: DetectionOptions, picture: Buffer): Promise<readonly Finding[]> {
  const adapter = detection(options)
  const model = await adapter.load?.()
  try {
    const [outcome] = await adapter.predict([pictureItem(picture)], {
      model,
      signal: new AbortController().signal,
      logger: silent,
    })
    if (outcome === undefined || outcome instanceof Error) throw outcome
    return outcome
  } finally {
    await adapter.dispose?.(model)
  }
}

const written = (outputs: readonly WrittenOutput[], dims: readonly (number | string)[] = [1, 3, 100, 100]) =>
  writeOnnx({ inputs: [{ name: 'pixels', dims }], outputs })
const output = (name: string, dims: readonly number[], values: readonly number[]): WrittenOutput => ({
  name,
  dims,
  data: Float32Array.from(values),
})
const found = (label: string, score: number, x: number, y: number, width: number, height: number) => ({
  kind: 'detection',
  label,
  score: expect.closeTo(score, 4),
  box: {
    x: expect.closeTo(x, 3),
    y: expect.closeTo(y, 3),
    width: expect.closeTo(width, 3),
    height: expect.closeTo(height, 3),
  },
})

describe('detection', () => {
  it('rows of box, score and class, in a letterboxed picture', async () => {
    // 100×50 lies from y = 25 on.
    const model = written([output('rows', [1, 2, 6], [10, 35, 30, 45, 0.9, 2, 0, 0, 5, 5, 0.1, 1])])
    const options = { kind: 'rows', format: 'xyxy', score: 4, class: 5, firstClass: 1 } as const
    expect(await find({ model, names: NAMES, output: options }, await blank)).toEqual([
      found('dog', 0.9, 10, 10, 20, 10),
    ])
  })

  it('boxes as fractions and logits with a class for nothing, as DETR gives them', async () => {
    const model = written([
      output('pred_boxes', [1, 3, 4], [0.5, 0.5, 0.2, 0.4, 0.5, 0.5, 0.2, 0.4, 0.1, 0.1, 0.1, 0.1]),
      output('logits', [1, 3, 3], [0, 5, 0, 4, 0, 0, 0, 0, 9]),
    ])
    const options = {
      kind: 'scores',
      boxes: 'pred_boxes',
      scores: 'logits',
      format: 'cxcywh',
      unit: 'fraction',
      activation: 'softmax',
      background: 'last',
    } as const
    const sure = Math.exp(5) / (Math.exp(5) + 2)
    const less = Math.exp(4) / (Math.exp(4) + 2)
    const findings = await find(
      { model, names: NAMES, input: { resize: 'stretch' }, output: options, suppress: false },
      await blank,
    )
    expect(findings).toEqual([found('dog', sure, 40, 15, 20, 20), found('cat', less, 40, 15, 20, 20)])
  })

  it('boxes, scores and classes without a batch, as torchvision gives them; overlapping ones thinned out', async () => {
    const model = written([
      output('boxes', [2, 4], [10, 20, 30, 40, 10, 20, 30, 41]),
      output('scores', [2], [0.8, 0.7]),
      output('labels', [2], [1, 1]),
    ])
    const options = { kind: 'classes', boxes: 'boxes', scores: 'scores', classes: 'labels', format: 'yxyx' } as const
    const findings = await find({ model, names: NAMES, input: { resize: 'stretch' }, output: options }, await blank)
    expect(findings).toEqual([found('dog', 0.8, 20, 5, 20, 10)])
  })

  it('asks for the size where the model leaves it free', async () => {
    const model = written([output('rows', [1, 1, 6], [0, 0, 1, 1, 0, 0])], ['batch', 3, 'height', 'width'])
    const options = { kind: 'rows', format: 'xyxy', score: 4, class: 5 } as const
    await expect(find({ model, names: NAMES, output: options }, await blank)).rejects.toMatchObject({
      code: 'detection-size-missing',
    })
    expect(await find({ model, names: NAMES, input: { size: 64 }, output: options }, await blank)).toEqual([])
  })

  it('says at loading that an output is not there', async () => {
    const model = written([output('rows', [1, 1, 6], [0, 0, 1, 1, 0, 0])])
    const options = { kind: 'rows', name: 'boxes', format: 'xyxy', score: 4, class: 5 } as const
    await expect(find({ model, names: NAMES, output: options }, await blank)).rejects.toMatchObject({
      code: 'detection-output-missing',
      message: 'The model has no output boxes, only rows',
    })
  })

  const two = [
    output('boxes', [1, 2, 4], [10, 20, 30, 40, 50, 60, 70, 80]),
    output('scores', [1, 2, 2], [0.9, 0.6, 0.1, 0.8]),
  ]
  const asScores = { kind: 'scores', boxes: 'boxes', scores: 'scores', format: 'xyxy' } as const
  const stretched = { resize: 'stretch' } as const

  it('one class for each box, or all that are sure enough', async () => {
    const options = { model: written(two), names: NAMES, input: stretched }
    const best = [found('cat', 0.9, 10, 10, 20, 10), found('dog', 0.8, 50, 30, 20, 10)]
    expect(await find({ ...options, output: asScores }, await blank)).toEqual(best)
    expect(await find({ ...options, output: { ...asScores, multiLabel: true } }, await blank)).toEqual([
      ...best,
      found('dog', 0.6, 10, 10, 20, 10),
    ])
  })

  const AT = [0, 1, 0.9, 10, 20, 30, 40, 0, 0, 0.1, 0, 0, 1, 1]
  it.each<[string, readonly WrittenOutput[], DetectionOptions['output']]>([
    [
      'rows with a further side of 1, as Caffe gives them',
      [output('rows', [1, 1, 2, 7], AT)],
      { kind: 'rows', format: 'xyxy', class: 1, score: 2, box: 3, firstClass: 1 },
    ],
    [
      'boxes with a side of 1 for the class',
      [output('boxes', [1, 2, 1, 4], [10, 20, 30, 40, 0, 0, 1, 1]), output('scores', [1, 2, 2], [0.9, 0, 0, 0])],
      asScores,
    ],
    [
      'boxes and scores that lie across',
      [
        output('boxes', [1, 4, 3], [10, 0, 0, 20, 0, 0, 30, 1, 1, 40, 1, 1]),
        output('scores', [1, 2, 3], [0.9, 0, 0, 0, 0, 0]),
      ],
      asScores,
    ],
    [
      'lists that stand upright',
      [
        output('boxes', [2, 4], [10, 20, 30, 40, 0, 0, 1, 1]),
        output('scores', [2, 1], [0.9, 0]),
        output('labels', [2, 1], [0, 1]),
      ],
      { kind: 'classes', boxes: 'boxes', scores: 'scores', classes: 'labels', format: 'xyxy' },
    ],
    [
      'class indices as bytes',
      [
        output('boxes', [1, 2, 4], [10, 20, 30, 40, 0, 0, 1, 1]),
        output('scores', [1, 2], [0.9, 0]),
        { name: 'labels', dims: [1, 2], data: Uint8Array.of(0, 1) },
      ],
      { kind: 'classes', boxes: 'boxes', scores: 'scores', classes: 'labels', format: 'xyxy' },
    ],
  ])('takes %s', async (_, outputs, described) => {
    const options = { model: written(outputs), names: NAMES, input: stretched, output: described }
    expect(await find(options, await blank)).toEqual([found('cat', 0.9, 10, 10, 20, 10)])
  })

  const rows = { kind: 'rows', format: 'xyxy', score: 4, class: 5 } as const
  it.each<[string, Partial<DetectionOptions> & { outputs: readonly WrittenOutput[] }, string]>([
    [
      'an output that is no table',
      { outputs: [output('heat', [1, 8, 8, 4], new Array<number>(256).fill(0))], output: rows },
      'The output heat holds no rows; seen: heat float32[1, 8, 8, 4]',
    ],
    [
      'a column beyond the row',
      { outputs: [output('rows', [1, 2, 6], new Array<number>(12).fill(0))], output: { ...rows, class: 6 } },
      'The output rows holds rows of 6 columns, where `box`, `score` and `class` need 7; seen: rows float32[1, 2, 6]',
    ],
    [
      'rows that lie the other way',
      { outputs: [output('rows', [1, 6, 2], new Array<number>(12).fill(0))], output: rows },
      'The output rows holds rows of 2 columns, where `box`, `score` and `class` need 6; seen: rows float32[1, 6, 2]',
    ],
    [
      'classes that are no indices',
      { outputs: [output('rows', [1, 1, 6], [10, 20, 30, 40, 1, 0.9])], output: { ...rows } },
      'The output rows holds 0.8999999761581421 where class indices are to be',
    ],
    [
      'fewer names than columns',
      { outputs: two, output: asScores, names: ['cat'] },
      'The output scores holds no table of [1, 2, 1] (pictures, boxes, numbers for each); seen: boxes float32[1, 2, 4], scores float32[1, 2, 2]',
    ],
    [
      'more names than columns',
      { outputs: two, output: asScores, names: ['cat', 'dog', 'bird'] },
      'The output scores holds no table of [1, 2, 3] (pictures, boxes, numbers for each); seen: boxes float32[1, 2, 4], scores float32[1, 2, 2]',
    ],
    [
      'a background that is no column',
      { outputs: two, output: { ...asScores, background: 'last' } },
      'The output scores holds no table of [1, 2, 3] (pictures, boxes, numbers for each); seen: boxes float32[1, 2, 4], scores float32[1, 2, 2]',
    ],
    [
      'boxes of something else',
      { outputs: two, output: { ...asScores, boxes: 'scores' } },
      'The output scores holds no boxes of four numbers; seen: boxes float32[1, 2, 4], scores float32[1, 2, 2]',
    ],
    [
      'axes the other way',
      { outputs: two, output: asScores, input: { axes: 'nhwc' } },
      'The model takes no pictures as described: nhwc puts 100 channels where three are to be; seen: pixels float32[1, 3, 100, 100]',
    ],
  ])('refuses %s', async (_, { outputs, ...options }, message) => {
    const described = { model: written(outputs), names: NAMES, output: rows, ...options }
    await expect(find(described, await blank)).rejects.toMatchObject({ code: 'detection-unfit-model', message })
  })

  it('refuses another size than the file has, and one that the file does not ask for', async () => {
    const options = { model: written(two), names: NAMES, output: asScores }
    await expect(find({ ...options, input: { size: [100, 64] } }, await blank)).rejects.toMatchObject({
      code: 'detection-image-size',
      message: 'The model takes pictures of 100×100 (height and width), and not of 100×64',
    })
    expect(await find({ ...options, input: { size: 100 } }, await blank)).toHaveLength(2)
    const sizeInput = { name: 'size', order: 'width-height' } as const
    await expect(find({ ...options, input: { sizeInput } }, await blank)).rejects.toMatchObject({
      code: 'detection-unfit-model',
      path: 'detection.input.sizeInput.name',
    })
  })

  it('refuses a model of several pictures that answers for one', async () => {
    const model = written(two, [2, 3, 100, 100])
    await expect(find({ model, names: NAMES, output: asScores }, await blank)).rejects.toMatchObject({
      code: 'detection-unfit-model',
      message:
        'The output boxes holds boxes for batches of 1, and more pictures were given; seen: boxes float32[1, 2, 4], scores float32[1, 2, 2]',
    })
  })

  it('fills a mask, and tells which input nothing fills', async () => {
    const inputs = [
      { name: 'pixels', dims: ['batch', 3, 100, 100] },
      { name: 'mask', dims: ['batch', 64, 64], type: 'int64' },
    ] as const
    const options = { model: writeOnnx({ inputs, outputs: two }), names: NAMES, output: asScores }
    await expect(find(options, await blank)).rejects.toMatchObject({
      code: 'detection-unfit-model',
      message: 'Nothing fills the input mask int64[?, 64, 64] of the model',
    })
    expect(await find({ ...options, input: { maskInput: { name: 'mask' } } }, await blank)).toHaveLength(2)
  })

  it('names the option that is wrong', () => {
    const model = new Uint8Array()
    expect(() => detection({ model, names: NAMES, input: { std: [0, 1, 1] }, output: rows })).toThrow(
      /^detection\.input\.std: must not hold 0/,
    )
    expect(() => detection({ model, names: [], output: { kind: 'rows', format: 'xyxy', score: 4, class: 5 } })).toThrow(
      /^detection\.names: /,
    )
  })
})
