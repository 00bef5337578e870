import type { Pixels } from './pixels.js'

const BITS = 22
const HALF = 1 << (BITS - 1)

/**
 * Resizes with the arithmetic of Pillow's `resize(…, BILINEAR)`, which torchvision's transforms use: a triangle as wide
 * as the scale, so that shrinking smooths; weights of 22 bits; first sideways, then downwards, rounded to bytes between.
 *
 * Source of the arithmetic: `src/libImaging/Resample.c` of Pillow.
 */
export function resizeAntialiased(source: Pixels, width: number, height: number): Pixels {
  const wide = source.width === width ? source : resample(source, { width, height: source.height }, 'across')
  return source.height === height ? wide : resample(wide, { width, height }, 'down')
}

function resample(source: Pixels, size: { width: number; height: number }, direction: 'across' | 'down'): Pixels {
  const { width, height } = size
  const data = new Uint8Array(width * height * 3)
  const across = direction === 'across'
  const kernels = across ? kernelsOf(source.width, width) : kernelsOf(source.height, height)
  const step = across ? 3 : source.width * 3
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const kernel = kernels[across ? x : y]
      if (kernel === undefined) continue
      const from = across ? (y * source.width + kernel.start) * 3 : (kernel.start * source.width + x) * 3
      for (let channel = 0; channel < 3; channel++, to++) {
        let sum = HALF
        for (let k = 0; k < kernel.weights.length; k++)
          sum += (source.data[from + channel + k * step] ?? 0) * (kernel.weights[k] ?? 0)
        data[to] = Math.min(255, Math.max(0, sum >> BITS))
      }
    }
  }
  return { width, height, data }
}

/** The pixels that one pixel of the result is mixed from. */
interface Kernel {
  readonly start: number
  readonly weights: Int32Array
}

function kernelsOf(from: number, to: number): Kernel[] {
  const scale = from / to
  const reach = Math.max(scale, 1)
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale
    const start = Math.max(0, Math.trunc(centre - reach + 0.5))
    const end = Math.min(from, Math.trunc(centre + reach + 0.5))
    const weights = Array.from({ length: end - start }, (_, k) =>
      Math.max(0, 1 - Math.abs(start + k - centre + 0.5) / reach),
    )
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { start, weights: Int32Array.from(weights, (weight) => Math.trunc((weight / sum) * 2 ** BITS + 0.5)) }
  })
}
