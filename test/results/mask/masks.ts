import fc from 'fast-check'
import type { MaskPixels } from '../../../src/results/findings.js'

/** Pixels whose centre satisfies a condition. */
export function maskOf(width: number, height: number, isInside: (x: number, y: number) => boolean): MaskPixels {
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (isInside(x + 0.5, y + 0.5)) data[y * width + x] = 255
  }
  return { width, height, data }
}

export function ellipseMask(width: number, height: number, scale = 0.4): MaskPixels {
  return maskOf(
    width,
    height,
    (x, y) => ((x - width / 2) / (width * scale)) ** 2 + ((y - height / 2) / (height * scale)) ** 2 <= 1,
  )
}

/** `#` is inside. */
export function maskFromRows(...rows: string[]): MaskPixels {
  return maskOf(rows[0]?.length ?? 0, rows.length, (x, y) => rows[Math.floor(y)]?.[Math.floor(x)] === '#')
}

export function rowsOfMask({ width, height, data }: MaskPixels): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from(data.subarray(y * width, (y + 1) * width), (value) => (value === 0 ? '.' : '#')).join(''),
  )
}

/** Pixels at random, one half of them inside. */
export const anyMask: fc.Arbitrary<MaskPixels> = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20 }))
  .chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc
        .array(fc.constantFrom(0, 255), { minLength: width * height, maxLength: width * height })
        .map((bytes) => Uint8Array.from(bytes)),
    }),
  )

/** Things like models find: a few ellipses over each other, some of them holes. */
export const anyShape: fc.Arbitrary<MaskPixels> = fc
  .array(
    fc.record({
      x: fc.integer({ min: 50, max: 250 }),
      y: fc.integer({ min: 50, max: 150 }),
      radiusX: fc.integer({ min: 25, max: 80 }),
      radiusY: fc.integer({ min: 25, max: 80 }),
      angle: fc.double({ min: 0, max: Math.PI, noNaN: true }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .chain((things) =>
    fc
      .record({
        x: fc.integer({ min: 60, max: 240 }),
        y: fc.integer({ min: 60, max: 140 }),
        radius: fc.integer({ min: 12, max: 20 }),
      })
      .map((hole) =>
        maskOf(
          300,
          200,
          (x, y) =>
            things.some(({ x: cx, y: cy, radiusX, radiusY, angle }) => {
              const across = (x - cx) * Math.cos(angle) + (y - cy) * Math.sin(angle)
              const down = (y - cy) * Math.cos(angle) - (x - cx) * Math.sin(angle)
              return (across / radiusX) ** 2 + (down / radiusY) ** 2 <= 1
            }) && Math.hypot(x - hole.x, y - hole.y) > hole.radius,
        ),
      ),
  )

/** Intersection over union of two masks of the same size. */
export function maskIou(a: MaskPixels, b: MaskPixels): number {
  let shared = 0
  let union = 0
  a.data.forEach((value, index) => {
    const inA = value !== 0
    const inB = b.data[index] !== 0
    if (inA && inB) shared++
    if (inA || inB) union++
  })
  return union === 0 ? 1 : shared / union
}
