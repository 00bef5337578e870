import sharp from 'sharp'
import { expect } from 'vitest'
import { loadYoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions, type YoloOptions } from '../../../src/adapters/yolo/options.js'
import type { Finding } from '../../../src/results/findings.js'
import { type WrittenInput, type WrittenModel, writeOnnx } from '../../inference/onnx-writer.js'

export const IMAGES: WrittenInput = { name: 'images', dims: [1, 3, 64, 64] }
export const NAMES = ['cat', 'dog']

export const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#777' } })
    .png()
    .toBuffer()

/** An output of `count` rows of which only these are not empty. */
export function rows(
  count: number,
  columns: number,
  filled: Readonly<Record<number, readonly number[]>>,
): Float32Array {
  const data = new Float32Array(count * columns)
  for (const [row, values] of Object.entries(filled)) data.set(values, Number(row) * columns)
  return data
}

/** What a model finds in one picture, by which head. */
export async function find(
  written: WrittenModel,
  options: Omit<YoloOptions, 'model'>,
  picture: Promise<Buffer> = blank(64, 64),
): Promise<{ head: string; findings: Finding[] }> {
  const model = await loadYoloModel(parseYoloOptions({ model: writeOnnx(written), names: NAMES, ...options }))
  try {
    const [findings] = await model.find(
      [{ bytes: await picture }],
      [new Float32Array(model.layout.names.length).fill(0.25)],
    )
    if (findings === undefined || findings instanceof Error) throw findings
    return { head: model.layout.head, findings }
  } finally {
    await model.dispose()
  }
}

/** A number but for rounding. */
export const close = (value: number) => expect.closeTo(value, 3)
export const detection = (
  label: string,
  score: number,
  [x, y, width, height]: readonly [number, number, number, number],
) => ({
  kind: 'detection',
  label,
  score: close(score),
  box: { x: close(x), y: close(y), width: close(width), height: close(height) },
})
