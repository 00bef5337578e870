/** Brush bytes against the vectors that the Python SDK and rle-pack wrote: `../shared`, beside the project. */

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { decodeBrush, encodeBrush } from '../../../src/results/mask/index.js'
import { ellipseMask } from '../../results/mask/masks.js'

interface Vector {
  readonly name: string
  readonly width?: number
  readonly height?: number
  /** The mask; null for one that is all empty, absent for raw values. */
  readonly mask_rows?: readonly (readonly number[])[] | null
  /** RGBA values that are no mask of equal channels. */
  readonly raw?: readonly number[]
  /** Bytes of the Python SDK. */
  readonly rle: readonly number[]
  /** Bytes of rle-pack. */
  readonly js_rle: readonly number[]
}

const root = process.env.PRELABEL_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url))
const file = `${root}/labelstudio/brush_vectors.json`
const python = process.env.PRELABEL_PYTHON
const vectors: readonly Vector[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).vectors : []
if (vectors.length === 0) console.info(`skipped: ${file} is not there; set PRELABEL_SHARED`)
if (python === undefined) console.info('skipped: PRELABEL_PYTHON names no Python with label-studio-sdk')

const masks = vectors.flatMap(({ name, width, height, mask_rows, ...vector }) =>
  width === undefined || height === undefined
    ? []
    : [{ name, width, height, data: Uint8Array.from(mask_rows?.flat() ?? new Uint8Array(width * height)), ...vector }],
)
const raw = vectors.flatMap(({ name, raw, ...vector }) => (raw === undefined ? [] : [{ name, raw, ...vector }]))

describe.skipIf(vectors.length === 0)('brush vectors', () => {
  it('are all there', () => {
    expect(masks.length).toBeGreaterThanOrEqual(8)
    expect(raw.length).toBeGreaterThanOrEqual(3)
  })

  it.each(masks)('$name: encoded to the bytes of rle-pack', (vector) => {
    expect(encodeBrush(vector, { values: 'alpha' })).toEqual(vector.js_rle)
  })

  it.each(masks)('$name: decoded from both writers', ({ width, height, data, rle, js_rle }) => {
    expect(decodeBrush(rle, width, height).data).toEqual(data)
    expect(decodeBrush(js_rle, width, height).data).toEqual(data)
  })

  it.each(raw.filter(({ raw }) => raw.length % 4 === 0))('$name: the alpha of raw values', ({ raw, rle, js_rle }) => {
    const alpha = raw.filter((_, index) => index % 4 === 3)
    expect([...decodeBrush(rle, alpha.length, 1).data]).toEqual(alpha)
    expect([...decodeBrush(js_rle, alpha.length, 1).data]).toEqual(alpha)
  })
})

describe.skipIf(python === undefined)('brush bytes and the genuine SDK', () => {
  it('reads what the library writes, and writes what the library reads', () => {
    const mask = ellipseMask(97, 61)
    const answer: { alpha: number[]; rle: number[] } = JSON.parse(
      execFileSync(python ?? '', ['-c', SCRIPT], { input: JSON.stringify(encodeBrush(mask)), encoding: 'utf8' }),
    )
    expect(answer.alpha).toEqual([...mask.data])
    expect(decodeBrush(answer.rle, 97, 61)).toEqual(mask)
  })
})

const SCRIPT = `
import json, sys
import numpy as np
from label_studio_sdk.converter.brush import decode_rle, mask2rle
alpha = decode_rle(json.load(sys.stdin))[3::4]
print(json.dumps({'alpha': alpha.tolist(), 'rle': [int(byte) for byte in mask2rle(alpha.reshape(61, 97).astype(np.uint8))]}))
`
