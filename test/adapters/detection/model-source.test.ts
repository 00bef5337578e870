import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readModelFacts } from '../../../src/adapters/detection/model-source.js'
import { moveWeights } from '../text/move-weights.js'

let folder: string
let model: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'prelabel-'))
  model = path.join(folder, 'model.onnx')
  await cp('examples/models/nanodet-coco/model.onnx', model)
})
afterAll(() => rm(folder, { recursive: true }))

test('weights that stand beside a model are part of its fingerprint', async () => {
  const whole = await readModelFacts(model)
  await moveWeights(model)
  const split = await readModelFacts(pathToFileURL(model))
  expect(split.metadata).toEqual(whole.metadata)
  await appendFile(`${model}_data`, 'more')
  expect((await readModelFacts(model)).fingerprint).not.toBe(split.fingerprint)
  await rm(`${model}_data`)
  await expect(readModelFacts(model)).rejects.toMatchObject({ code: 'model-not-found', path: `${model}_data` })
})
