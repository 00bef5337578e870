import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Frame, frameOf, toFrame } from '../../../../src/adapters/sam/prompting/frame.js'
import { upsample } from '../../../../src/adapters/sam/prompting/upsample.js'

interface Grid {
  readonly width: number
  readonly height: number
  readonly data: ArrayLike<number>
}

/** PyTorch's `interpolate(…, mode='bilinear', align_corners=False)`, written out. */
function interpolate(grid: Grid, width: number, height: number): Grid {
  const at = (x: number, y: number) => grid.data[y * grid.width + x] ?? Number.NaN
  const place = (i: number, from: number, to: number) => {
    const source = Math.max(0, ((i + 0.5) * from) / to - 0.5)
    const first = Math.floor(source)
    return { first, second: Math.min(first + 1, from - 1), rest: source - first }
  }
  const data = new Float64Array(width * height)
  for (let y = 0; y < height; y++) {
    const row = place(y, grid.height, height)
    for (let x = 0; x < width; x++) {
      const column = place(x, grid.width, width)
      const upper = at(column.first, row.first) * (1 - column.rest) + at(column.second, row.first) * column.rest
      const lower = at(column.first, row.second) * (1 - column.rest) + at(column.second, row.second) * column.rest
      data[y * width + x] = upper * (1 - row.rest) + lower * row.rest
    }
  }
  return { width, height, data }
}

function crop({ width, data }: Grid, to: { width: number; height: number }): Grid {
  const rows = Array.from({ length: to.height }, (_, y) =>
    Array.from({ length: to.width }, (_, x) => data[y * width + x] ?? Number.NaN),
  )
  return { ...to, data: rows.flat() }
}

/** The masks as the originals make them, step by step. */
function original(lowRes: Grid, { picture, input, inner, resize }: Frame): Grid {
  const cropped = resize === 'stretch' ? lowRes : crop(interpolate(lowRes, input.width, input.height), inner)
  return interpolate(cropped, picture.width, picture.height)
}

const side = fc.integer({ min: 1, max: 60 })
const frames = fc.record({
  picture: fc.record({ width: side, height: side }),
  input: fc.integer({ min: 1, max: 40 }).map((size) => ({ width: size, height: size })),
  resize: fc.constantFrom('longest-side' as const, 'stretch' as const),
})
const logits = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain((size) =>
    fc
      .array(fc.double({ min: -3, max: 3, noNaN: true }), {
        minLength: size.width * size.height,
        maxLength: size.width * size.height,
      })
      .map((values) => ({ ...size, data: Float32Array.from(values) })),
  )

describe('upsample', () => {
  it('is inside where the interpolated logits are above 0, for every size', () => {
    fc.assert(
      fc.property(logits, frames, (lowRes, { picture, input, resize }) => {
        const frame = frameOf(picture, input, resize)
        const mask = upsample(lowRes, frame)
        const expected = original(lowRes, frame)
        expect([mask.width, mask.height]).toEqual([picture.width, picture.height])
        const wrong = Array.from(expected.data).filter((logit, i) => {
          const unsure = Math.abs(logit) < 1e-6
          return !unsure && mask.data[i] !== (logit > 0 ? 255 : 0)
        })
        expect(wrong).toEqual([])
      }),
    )
  })
})

describe('frameOf', () => {
  it.each([
    [{ width: 200, height: 190 }, 256, { width: 256, height: 243 }],
    [{ width: 333, height: 217 }, 1024, { width: 1024, height: 667 }],
    [{ width: 150, height: 600 }, 1024, { width: 256, height: 1024 }],
    [{ width: 3000, height: 1 }, 256, { width: 256, height: 1 }],
  ])('rounds the sides of %o as the original does', (picture, size, inner) => {
    expect(frameOf(picture, { width: size, height: size }, 'longest-side').inner).toEqual(inner)
  })

  it('puts points where the resized picture has them', () => {
    const frame = frameOf({ width: 200, height: 190 }, { width: 256, height: 256 }, 'longest-side')
    const [x, y] = toFrame(frame, 48.81, 60.02)
    expect(x).toBeCloseTo(62.4768, 10)
    expect(y).toBeCloseTo(76.76242105263158, 10)
  })
})
