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

  it('names the option that is wrong', () => {
    const model = new Uint8Array()
    expect(() => detection({ model, names: [], output: { kind: 'rows', format: 'xyxy', score: 4, class: 5 } })).toThrow(
      /^detection\.names: /,
    )
  })
})
