import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashModel } from '../../../src/adapters/model-files/hash-model.js'

const MEGABYTES = 12
const bytes = new Uint8Array(MEGABYTES * 2 ** 20 + 1).map((_, index) => (index * 31) % 251)
const other = new TextEncoder().encode('weights beside')
const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest('hex')

let folder: string
let file: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'prelabel-'))
  file = path.join(folder, 'model.onnx')
  await writeFile(file, bytes)
})
afterAll(() => rm(folder, { recursive: true }))

test('files and bytes are hashed one after the other', async () => {
  expect(await hashModel([file])).toBe(sha256(bytes))
  expect(await hashModel([bytes, other])).toBe(sha256(bytes, other))
  expect(await hashModel([other, file])).toBe(sha256(other, bytes))
})

test.each([
  ['a file', () => file],
  ['bytes', () => bytes],
])('while %s is hashed, others get their turn', async (_, model) => {
  let turns = 0
  let next = setImmediate(function turn() {
    turns++
    next = setImmediate(turn)
  })
  await hashModel([model()])
  clearImmediate(next)
  expect(turns).toBeGreaterThanOrEqual(MEGABYTES)
})

test('a file that is not there is named', async () => {
  const missing = path.join(folder, 'model.onnx_data')
  await expect(hashModel([file, missing])).rejects.toMatchObject({ code: 'model-not-found', path: missing })
})
