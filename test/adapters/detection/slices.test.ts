import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cut, merge, shift, slicesOf } from '../../../src/adapters/detection/slices.js'
import { loadYoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../../../src/adapters/yolo/options.js'
import type { Detection, Mask } from '../../../src/results/findings.js'
import { wholeMask } from '../../../src/results/mask/index.js'

const side = fc.integer({ min: 1, max: 300 })
const size = fc.record({ width: side, height: side })
const thing = (label: string, score: number, x: number, y: number, width: number, height: number): Detection => ({
  kind: 'detection',
  label,
  score,
  box: { x, y, width, height },
})

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

describe('merge', () => {
  it('makes one of a thing that two slices cut, and leaves others alone', () => {
    const findings = [
      thing('car', 0.7, 0, 0, 60, 20),
      thing('car', 0.9, 10, 0, 90, 20),
      thing('bus', 0.8, 10, 0, 90, 20),
      thing('car', 0.5, 200, 0, 60, 20),
    ]
    expect(merge(findings)).toEqual([
      thing('car', 0.9, 0, 0, 100, 20),
      thing('bus', 0.8, 10, 0, 90, 20),
      thing('car', 0.5, 200, 0, 60, 20),
    ])
  })

  it('unites masks at their places', () => {
    const size = { width: 2, height: 1 }
    const mask = (left: number): Mask =>
      shift(
        {
          kind: 'mask',
          label: 'car',
          score: 0.5,
          box: { x: 0, y: 0, ...size },
          mask: { ...size, data: Uint8Array.from([1, 1]) },
        },
        { top: 0, ...size, left },
        { width: 4, height: 1 },
      )
    expect(mask(2).mask).toEqual({ width: 4, height: 1, data: Uint8Array.of(1, 1), crop: { x: 2, ...size, y: 0 } })
    expect(mask(2).box).toEqual({ x: 2, y: 0, width: 2, height: 1 })
    const wider = { ...mask(1), box: { x: 0, y: 0, width: 3, height: 1 } }
    const [first, ...rest] = merge([mask(0), wider])
    expect(rest).toEqual([])
    expect(first?.mask.crop).toEqual({ x: 0, y: 0, width: 3, height: 1 })
    expect(first && [...wholeMask(first.mask).data]).toEqual([1, 1, 1, 0])
  })
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
