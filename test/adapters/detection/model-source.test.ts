import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readModelFacts } from '../../../src/adapters/detection/model-source.js'
import { yolo } from '../../../src/adapters/yolo/index.js'
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

test('a folder is told from a file', async () => {
  await expect(readModelFacts(folder)).rejects.toMatchObject({
    code: 'model-not-found',
    message: `The model ${folder} is a folder`,
  })
})

test('a model is given by its path, its URL or the text of that, and is not downloaded', async () => {
  const url = pathToFileURL('examples/models/nanodet-coco/model.onnx')
  expect(await yolo({ model: url.href }).inspect?.()).toEqual(await yolo({ model: url }).inspect?.())
  for (const given of ['https://models.test/a.onnx', new URL('https://models.test/a.onnx')])
    expect(() => yolo({ model: given })).toThrow('yolo.model: is not downloaded')
})
