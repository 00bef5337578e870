/** Pictures that cannot be used fail their own task, whatever else is in the request. */

import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { yolo } from '../../../src/adapters/yolo/index.js'
import { createBackend } from '../../../src/backend/index.js'
import { parseConfig } from '../../../src/config/index.js'
import { writeOnnx } from '../../inference/onnx-writer.js'
import { pictureItem, silent } from './picture-item.js'
import { WEIGHTS } from './weights-folder.js'

const XML = `<View><Image name="image" value="$image"/>
  <RectangleLabels name="box" toName="image"><Label value="car"/></RectangleLabels></View>`
const adapter = () => yolo({ model: writeOnnx(WEIGHTS.detect), thread: 'calling', scoreThreshold: 0.5 })

const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#777' } })
    .png()
    .toBuffer()

/** A PNG whose header says that it has no width. */
async function flat(): Promise<Buffer> {
  const png = await grey(8, 8)
  png.writeUInt32BE(0, 16)
  return png
}

async function animation(): Promise<Buffer> {
  const frames = Buffer.from(Array.from({ length: 4 * 8 * 3 }, (_, i) => i * 2))
  return sharp(frames, { raw: { width: 4, height: 8, channels: 3, pageHeight: 4 } })
    .gif({ loop: 0, delay: [1, 1] })
    .toBuffer()
}

/** What each of them says: to the adapter itself. */
const CODES = {
  'no picture': 'picture-undecodable',
  nothing: 'picture-undecodable',
  'a JPEG cut short': 'picture-undecodable',
  'a bomb of 120 megapixels': 'picture-too-large',
  'an animation': 'picture-animated',
  'an SVG': 'picture-not-pixels',
  'no width': 'picture-undecodable',
}
let bad: Record<keyof typeof CODES, Uint8Array>
let good: Uint8Array

beforeAll(async () => {
  const photo = await readFile('examples/photos/cat.jpg')
  good = await grey(64, 64)
  bad = {
    'no picture': Buffer.from('<html></html>'),
    nothing: new Uint8Array(),
    'a JPEG cut short': photo.subarray(0, photo.length / 2),
    'a bomb of 120 megapixels': await grey(12_000, 10_000),
    'an animation': await animation(),
    'an SVG': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    'no width': await flat(),
  }
})

describe('pictures that cannot be used', () => {
  it('give an error in their place, and the others their findings', async () => {
    const one = adapter()
    const model = await one.load?.()
    const items = [good, ...Object.values(bad), good].map((bytes) => pictureItem(bytes))
    const outcomes = await one.predict(items, { model, signal: new AbortController().signal, logger: silent })
    await one.dispose?.(model)
    const [first, ...rest] = outcomes
    expect(first).toMatchObject([{ label: 'car' }])
    expect(rest.pop()).toMatchObject([{ label: 'car' }])
    expect(Object.keys(bad).map((name, i) => [name, rest[i]])).toMatchObject(
      Object.entries(CODES).map(([name, code]) => [name, { code, hint: expect.any(String) }]),
    )
  })

  it('fail their task alone, and leave the backend well', async () => {
    const backend = createBackend({ config: parseConfig(XML), adapters: [adapter()], logger: silent })
    const uri = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
    const pictures = [good, ...Object.values(bad), good]
    const tasks = pictures.map((bytes, id) => ({ id, data: { image: uri(bytes) } }))
    const body = JSON.stringify({ tasks, label_config: XML })
    const headers = { 'content-type': 'application/json' }
    const response = await backend.fetch(new Request('http://localhost/predict', { method: 'POST', body, headers }))
    const { results } = z.object({ results: z.array(z.unknown()) }).parse(await response.json())
    await backend.dispose()
    expect(response.status).toBe(200)
    expect(results).toHaveLength(pictures.length)
    expect([results.shift(), results.pop()]).toMatchObject([{ result: [{}] }, { result: [{}] }])
    expect(results).toEqual(Object.keys(bad).map(() => []))
  })
})
