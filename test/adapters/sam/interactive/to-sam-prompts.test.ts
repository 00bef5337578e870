import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadPoints } from '../../../../src/adapters/sam/interactive/spread-points.js'
import { toSamPrompts } from '../../../../src/adapters/sam/interactive/to-sam-prompts.js'
import { emptyMask, maskArea } from '../../../../src/results/index.js'
import type { Prompt } from '../../../../src/results/read/prompt.js'

const PICTURE = { width: 200, height: 100 }

function drawn(shape: Prompt['shape'], values: Partial<Prompt> = {}): Prompt {
  return {
    id: undefined,
    control: 'tool',
    object: 'photo',
    labels: ['Car'],
    itemIndex: undefined,
    positive: true,
    text: undefined,
    ...values,
    shape,
  }
}

const point = (x: number, y: number, values: Partial<Prompt> = {}) =>
  drawn({ kind: 'keypoint', x, y, unit: 'pixel' }, values)
const box = (x: number, y: number, width: number, height: number, rotation = 0) =>
  drawn({ kind: 'rectangle', x, y, width, height, rotation, unit: 'pixel' })

describe('what was drawn', () => {
  it('clicks of one label mean one thing, those of another label another', () => {
    const clicks = [point(10, 20), point(30, 40, { positive: false }), point(5, 5, { labels: ['Bus'] })]
    expect(toSamPrompts(clicks, PICTURE)).toEqual([
      {
        prompt: {
          points: [
            { x: 10, y: 20, positive: true },
            { x: 30, y: 40, positive: false },
          ],
        },
        clicks: true,
        label: 'Car',
      },
      { prompt: { points: [{ x: 5, y: 5, positive: true }] }, clicks: true, label: 'Bus' },
    ])
  })

  it('clicks that only say where not mean nothing', () => {
    expect(toSamPrompts([point(10, 20, { positive: false })], PICTURE)).toEqual([])
  })

  it('each box is a thing, with the clicks that lie in it', () => {
    const all = [box(10, 10, 50, 20), box(100, 10, 200, 20), point(20, 20, { positive: false }), point(5, 90)]
    expect(toSamPrompts(all, PICTURE).map(({ prompt, clicks }) => ({ ...prompt, clicks }))).toEqual([
      { box: { x: 10, y: 10, width: 50, height: 20 }, points: [{ x: 20, y: 20, positive: false }], clicks: false },
      { box: { x: 100, y: 10, width: 100, height: 20 }, points: [], clicks: false },
      { points: [{ x: 5, y: 90, positive: true }], clicks: true },
    ])
  })

  it('a box outside the picture means nothing', () => {
    expect(toSamPrompts([box(250, 10, 20, 20), box(10, 10, 0, 0)], PICTURE)).toEqual([])
  })

  it('a turned box, an ellipse and an outline are a box and what is inside', () => {
    const outline = drawn({
      kind: 'polygon',
      points: [
        [10, 10],
        [60, 10],
        [10, 60],
      ],
      unit: 'pixel',
    })
    const round = drawn({ kind: 'ellipse', x: 100, y: 50, radiusX: 40, radiusY: 20, rotation: 90, unit: 'pixel' })
    const seen = toSamPrompts([box(100, 10, 40, 30, 90), round, outline], PICTURE).map(({ prompt }) => prompt)
    const near = (values: Record<string, number>) =>
      Object.fromEntries(Object.entries(values).map(([key, value]) => [key, expect.closeTo(value, 0)]))
    expect(seen.map((one) => one.box)).toEqual([
      near({ x: 70, y: 10, width: 30, height: 40 }),
      near({ x: 80, y: 10, width: 40, height: 80 }),
      near({ x: 10, y: 10, width: 50, height: 50 }),
    ])
    const areas = seen.map(({ mask }) =>
      mask !== undefined && mask.data instanceof Uint8Array ? maskArea({ ...mask, data: mask.data }) : 0,
    )
    for (const [index, area] of [1200, Math.PI * 800, 1250].entries())
      expect(Math.abs((areas[index] ?? 0) - area) / area).toBeLessThan(0.05)
  })

  it('a stroke is points along it', () => {
    const mask = emptyMask(200, 100)
    for (let x = 20; x < 180; x++) for (let y = 48; y < 52; y++) mask.data[y * 200 + x] = 255
    const [stroke] = toSamPrompts([drawn({ kind: 'brush', mask })], PICTURE)
    const points = stroke?.prompt.points ?? []
    expect(points).toHaveLength(5)
    expect(points.every(({ positive }) => positive)).toBe(true)
    const xs = points.map(({ x }) => x).toSorted((a, b) => a - b)
    expect(xs[0]).toBeLessThan(25)
    expect(xs[4]).toBeGreaterThan(175)
    expect(xs[2]).toBeCloseTo(100, -1)
  })

  it('an empty stroke means nothing', () => {
    expect(toSamPrompts([drawn({ kind: 'brush', mask: emptyMask(200, 100) })], PICTURE)).toEqual([])
  })
})

describe('points of a stroke', () => {
  it('lie inside, are different, and no more than asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.integer({ min: 0, max: 899 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (width, inside, count) => {
          const mask = emptyMask(width, Math.ceil(900 / width))
          for (const index of inside) mask.data[index] = 1
          const points = spreadPoints(mask, count)
          const indexes = points.map(({ x, y }) => Math.floor(y) * width + Math.floor(x))
          expect(points).toHaveLength(Math.min(count, new Set(inside).size))
          expect(new Set(indexes).size).toBe(points.length)
          for (const index of indexes) expect(mask.data[index]).toBe(1)
        },
      ),
    )
  })
})
