import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { loadDetector } from '../../../src/adapters/detection/detector.js'
import { type DetectionOptions, parseDetectionOptions } from '../../../src/adapters/detection/options.js'
import { cut, slicesOf } from '../../../src/adapters/detection/slices.js'
import { loadYoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../../../src/adapters/yolo/options.js'
import { writeOnnx } from '../../inference/onnx-writer.js'

const side = fc.integer({ min: 1, max: 300 })
const size = fc.record({ width: side, height: side })

describe('slicesOf', () => {
  it('covers every pixel, without leaving the picture', () => {
    fc.assert(
      fc.property(size, size, fc.double({ min: 0, max: 0.9, noNaN: true }), (picture, slice, overlap) => {
        const covered = new Uint8Array(picture.width * picture.height)
        for (const { left, top, width, height } of slicesOf(picture, { size: slice, overlap, whole: false }))
          for (let y = top; y < top + height; y++)
            covered.fill(1, y * picture.width + left, y * picture.width + left + width)
        expect(covered).not.toContain(0)
        expect(covered).toHaveLength(picture.width * picture.height)
      }),
      { numRuns: 30 },
    )
  })

  it('lays the last slices at the edges, and the whole picture last', () => {
    const options = { size: { width: 100, height: 100 }, overlap: 0.2, whole: true }
    expect(slicesOf({ width: 250, height: 90 }, options)).toEqual([
      { left: 0, top: 0, width: 100, height: 90 },
      { left: 80, top: 0, width: 100, height: 90 },
      { left: 150, top: 0, width: 100, height: 90 },
      { left: 0, top: 0, width: 250, height: 90 },
    ])
    expect(slicesOf({ width: 80, height: 90 }, options)).toEqual([{ left: 0, top: 0, width: 80, height: 90 }])
  })
})

it('cut takes the pixels of a slice', () => {
  const pixels = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => i) }
  expect([...cut(pixels, { left: 1, top: 1, width: 2, height: 1 }).data]).toEqual([12, 13, 14, 15, 16, 17])
})

it('finds in slices what is too small in the whole', async () => {
  const photo = await readFile('examples/photos/hopper.jpg')
  const face = await sharp(photo).resize(56, 56, { fit: 'inside' }).toBuffer()
  const wide = await sharp({ create: { width: 1000, height: 800, channels: 3, background: '#888' } })
    .composite([{ input: face, left: 800, top: 600 }])
    .png()
    .toBuffer()
  const find = async (slices: { size: number } | undefined) => {
    const options = { model: 'examples/models/nanodet-coco/model.onnx', ...(slices === undefined ? {} : { slices }) }
    const model = await loadYoloModel(parseYoloOptions(options))
    const [found] = await model.find([{ bytes: wide }], [new Float32Array(80).fill(0.5)])
    await model.dispose()
    if (found === undefined || found instanceof Error) throw found
    return found
  }
  const persons = (await find({ size: 320 })).filter((each) => each.kind === 'detection' && each.label === 'person')
  expect(persons).toHaveLength(1)
  const [person] = persons
  if (person?.kind !== 'detection') throw new Error('no box')
  expect(person.box.x).toBeGreaterThan(790)
  expect(person.box.y).toBeGreaterThan(590)
  expect(person.box.x + person.box.width).toBeLessThan(870)
  expect(await find(undefined)).toEqual([])
})

describe('what was found in slices', () => {
  // In every slice of 64×64: a cat, and a dog that is nearly the same.
  const model = writeOnnx({
    inputs: [{ name: 'pixels', dims: [1, 3, 64, 64] }],
    outputs: [
      {
        name: 'rows',
        dims: [1, 2, 6],
        data: Float32Array.of(10, 10, 20, 20, 0.9, 0, 10, 10, 20, 21, 0.8, 1),
      },
    ],
  })
  const find = async (width: number, options: Partial<DetectionOptions>) => {
    const described = { names: ['cat', 'dog'], output: { kind: 'rows', format: 'xyxy', score: 4, class: 5 } } as const
    const slices = { size: 64, overlap: 0, whole: false }
    const detector = await loadDetector(parseDetectionOptions({ model, slices, ...described, ...options }))
    const picture = await sharp({ create: { width, height: 64, channels: 3, background: '#888' } })
      .png()
      .toBuffer()
    const [found] = await detector.find([{ bytes: picture }], [new Float32Array(2).fill(0.5)])
    await detector.session.dispose()
    if (found === undefined || found instanceof Error) throw found
    return found.map(({ label, box }) => [label, box.x])
  }

  it('is no more than `maxDetections`, over edges too', async () => {
    expect(await find(192, {})).toHaveLength(6)
    expect(await find(192, { maxDetections: 4 })).toHaveLength(4)
  })

  it('is thinned out over classes where that is asked for', async () => {
    // The second slice lies 4 pixels further.
    const each = [
      ['cat', 10],
      ['dog', 10],
    ]
    expect(await find(68, { iouThreshold: 1 })).toEqual(each)
    expect(await find(68, { iouThreshold: 1, agnosticNms: true })).toEqual([['cat', 10]])
  })

  it('is not merged in a picture that fits into one', async () => {
    expect(await find(64, { iouThreshold: 1, agnosticNms: true })).toHaveLength(2)
  })
})
