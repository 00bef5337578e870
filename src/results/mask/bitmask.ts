/** Label Studio's bitmasks: a PNG of the picture's size as a data URL in `value.imageDataURL`; marked where alpha > 0. */

import { type DecodedPng, decode, encode } from 'fast-png'
import { PrelabelError } from '../../errors.js'
import type { MaskPixels } from '../findings.js'
import { checkMask, maskCrop } from './mask-pixels.js'

const PREFIX = 'data:image/png;base64,'
/** With two colours a pixel takes one bit, and a sixteenth of the time that grey and alpha take to compress. */
const CLEAR_AND_BLACK: [number, number, number, number][] = [
  [0, 0, 0, 0],
  [0, 0, 0, 255],
]

/**
 * A mask → the text of `value.imageDataURL`: a black PNG that is opaque inside the mask and clear outside.
 *
 * @throws PrelabelError `mask-size-mismatch`
 */
export function encodeBitmask(mask: MaskPixels): string {
  checkMask(mask)
  const { width, height } = mask
  const rowBytes = Math.ceil(width / 8)
  const data = new Uint8Array(rowBytes * height)
  const crop = maskCrop(mask)
  for (let y = 0, from = 0; y < crop.height; y++) {
    const row = (crop.y + y) * rowBytes
    for (let x = crop.x; x < crop.x + crop.width; x++, from++) {
      if (mask.data[from] === 0) continue
      const at = row + (x >> 3)
      data[at] = (data[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return PREFIX + toBase64(encode({ width, height, data, depth: 1, channels: 1, palette: CLEAR_AND_BLACK }))
}

/**
 * The text of `value.imageDataURL` → a mask with the alpha of each pixel. A PNG without alpha is marked everywhere, as
 * in the editor.
 *
 * @param width `original_width` of the result
 * @param height `original_height` of the result
 * @throws PrelabelError `broken-bitmask` when it is no PNG data URL; `bitmask-size-mismatch` for another size
 */
export function decodeBitmask(dataUrl: string, width: number, height: number): MaskPixels {
  const bytes = pngBytes(dataUrl)
  // The size stands in the header, so a picture of absurd size is refused before it is unpacked.
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 24) throw broken('it is too short for a PNG')
  const size = { width: header.getUint32(16), height: header.getUint32(20) }
  if (size.width !== width || size.height !== height) {
    throw new PrelabelError(`the bitmask has ${size.width}×${size.height} pixels, the picture ${width}×${height}`, {
      code: 'bitmask-size-mismatch',
      hint: 'original_width and original_height must be the size of the bitmask.',
    })
  }
  return { width, height, data: alphaOf(decodePng(bytes)) }
}

function decodePng(bytes: Uint8Array): DecodedPng {
  try {
    return decode(bytes)
  } catch (cause) {
    throw broken('it is not a whole PNG', cause)
  }
}

function alphaOf(png: DecodedPng): Uint8Array {
  const { width, height } = png
  const alpha = new Uint8Array(width * height).fill(255)
  if (png.palette !== undefined) return alphaOfIndices(alpha, png, png.palette)
  return lastChannel(alpha, png.data, png.channels, png.depth === 16 ? 8 : 0)
}

/** Fills `alpha` by the colours of a palette; the first pixel stands in the highest bits of a byte. */
function alphaOfIndices(
  alpha: Uint8Array,
  { width, height, depth, data }: DecodedPng,
  palette: readonly (readonly number[])[],
): Uint8Array {
  const alphas = Uint8Array.from(palette, ([, , , opacity = 255]) => opacity)
  const perByte = 8 / depth
  const rowBytes = Math.ceil(width / perByte)
  alpha.fill(alphas[0] ?? 255)
  for (let y = 0; y < height; y++)
    for (let x = 0, at = y * rowBytes; x < width; x += perByte, at++) {
      const byte = data[at] ?? 0
      if (byte === 0) continue
      const end = Math.min(width, x + perByte)
      for (let i = x, shift = 8 - depth; i < end; i++, shift -= depth)
        alpha[y * width + i] = alphas[(byte >> shift) & ((1 << depth) - 1)] ?? 255
    }
  return alpha
}

/** Fills `alpha` from the last of two or four channels; grey and RGB have none. */
function lastChannel(alpha: Uint8Array, data: ArrayLike<number>, channels: number, shift: number): Uint8Array {
  if (channels !== 2 && channels !== 4) return alpha
  for (let index = 0; index < alpha.length; index++) alpha[index] = (data[(index + 1) * channels - 1] ?? 0) >> shift
  return alpha
}

function pngBytes(dataUrl: string): Uint8Array {
  if (!dataUrl.startsWith(PREFIX)) throw broken(`it does not start with ${PREFIX}`)
  try {
    return Uint8Array.from(atob(dataUrl.slice(PREFIX.length)), (character) => character.charCodeAt(0))
  } catch (cause) {
    throw broken('it is not base64', cause)
  }
}

function toBase64(bytes: Uint8Array): string {
  const CHUNK = 8192
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(binary)
}

function broken(why: string, cause?: unknown): PrelabelError {
  return new PrelabelError(`the bitmask cannot be read: ${why}`, {
    code: 'broken-bitmask',
    hint: 'value.imageDataURL must be a PNG as a data URL; make it with encodeBitmask.',
    cause,
  })
}
