import type { Size } from '../../../inference/pictures/letterbox.js'
import { roundHalfEven } from '../../../inference/pictures/round-half-even.js'
import type { Box, MaskPixels } from '../../../results/findings.js'

/** The masks that a model mixes, `[count, height, width]`, over its whole letterboxed input. */
export interface Prototypes extends Size {
  readonly data: Float32Array
  readonly count: number
}

/**
 * The mask of one thing at the picture's own size: prototypes mixed by `weights`, the padding cut off, drawn larger with
 * bilinear interpolation, inside where above zero, cut at the box. So does Ultralytics with `retina_masks=True`.
 */
export function drawMask(prototypes: Prototypes, weights: Float32Array, box: Box, picture: Size): MaskPixels {
  const data = new Uint8Array(picture.width * picture.height)
  const area = contentOf(prototypes, picture)
  const [fromX, toX] = [Math.ceil(box.x), Math.min(Math.ceil(box.x + box.width), picture.width)]
  const [fromY, toY] = [Math.ceil(box.y), Math.min(Math.ceil(box.y + box.height), picture.height)]
  const columns = taps(area.width, picture.width, fromX, toX)
  const rows = taps(area.height, picture.height, fromY, toY)
  const mixed = mix(prototypes, weights, {
    left: area.left + (columns[0]?.first ?? 0),
    right: area.left + (columns.at(-1)?.second ?? -1) + 1,
    top: area.top + (rows[0]?.first ?? 0),
    bottom: area.top + (rows.at(-1)?.second ?? -1) + 1,
  })
  for (const [i, row] of rows.entries()) {
    const upper = mixed.row(area.top + row.first)
    const lower = mixed.row(area.top + row.second)
    const start = (fromY + i) * picture.width + fromX
    for (const [j, column] of columns.entries()) {
      const left = area.left + column.first - mixed.left
      const right = area.left + column.second - mixed.left
      const above = (upper[left] ?? 0) * (1 - column.fraction) + (upper[right] ?? 0) * column.fraction
      const below = (lower[left] ?? 0) * (1 - column.fraction) + (lower[right] ?? 0) * column.fraction
      if (above * (1 - row.fraction) + below * row.fraction > 0) data[start + j] = 1
    }
  }
  return { width: picture.width, height: picture.height, data }
}

/** The part of the prototypes that shows the picture, not its padding. */
function contentOf(prototypes: Size, picture: Size) {
  const gain = Math.min(prototypes.height / picture.height, prototypes.width / picture.width)
  const padX = (prototypes.width - roundHalfEven(picture.width * gain)) / 2
  const padY = (prototypes.height - roundHalfEven(picture.height * gain)) / 2
  const [left, top] = [roundHalfEven(padX - 0.1), roundHalfEven(padY - 0.1)]
  return {
    left,
    top,
    width: prototypes.width - roundHalfEven(padX + 0.1) - left,
    height: prototypes.height - roundHalfEven(padY + 0.1) - top,
  }
}

interface Tap {
  readonly first: number
  readonly second: number
  readonly fraction: number
}

/** Between which two of `from` places each of the places `start..end` of `to` lies; centres of pixels as in PyTorch. */
function taps(from: number, to: number, start: number, end: number): Tap[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => {
    const place = Math.max(0, ((start + i + 0.5) * from) / to - 0.5)
    const first = Math.min(Math.floor(place), from - 1)
    return { first, second: Math.min(first + 1, from - 1), fraction: place - first }
  })
}

interface Part {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The weighted sum of the prototypes, inside a part only. */
function mix({ data, count, width, height }: Prototypes, weights: Float32Array, part: Part) {
  const columns = Math.max(0, part.right - part.left)
  const sum = new Float32Array(columns * Math.max(0, part.bottom - part.top))
  for (let k = 0; k < count; k++) {
    const weight = weights[k] ?? 0
    for (let y = part.top, to = 0; y < part.bottom; y++) {
      const from = (k * height + y) * width + part.left
      for (let x = 0; x < columns; x++, to++) sum[to] = (sum[to] ?? 0) + weight * (data[from + x] ?? 0)
    }
  }
  return { left: part.left, row: (y: number) => sum.subarray((y - part.top) * columns, (y - part.top + 1) * columns) }
}
