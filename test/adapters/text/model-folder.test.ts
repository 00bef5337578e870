import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint } from '../../../src/adapters/text/fingerprint.js'
import { readModelConfig } from '../../../src/adapters/text/model-config.js'
import { readModelFolder, TRANSFORMERS_CONFIG } from '../../../src/adapters/text/model-folder.js'
import { BERT_NER, RAMPART } from './model-folders.js'
import { moveWeights } from './move-weights.js'

describe('a model folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'prelabel-model-'))
    await cp(BERT_NER, folder, { recursive: true })
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('gives the weights that are asked for, or the only ones', async () => {
    expect((await readModelFolder(folder, TRANSFORMERS_CONFIG)).modelFile).toBe(path.join(folder, 'onnx/model.onnx'))
    await cp(path.join(folder, 'onnx/model.onnx'), path.join(folder, 'onnx/model_quantized.onnx'))
    expect((await readModelFolder(folder, TRANSFORMERS_CONFIG)).modelFile).toBe(path.join(folder, 'onnx/model.onnx'))
    expect((await readModelFolder(folder, TRANSFORMERS_CONFIG, { dtype: 'q8' })).modelFile).toBe(
      path.join(folder, 'onnx/model_quantized.onnx'),
    )
    expect((await readModelFolder(RAMPART, TRANSFORMERS_CONFIG)).modelFile).toBe(
      path.join(RAMPART, 'onnx/model_q4.onnx'),
    )
  })

  test('whose weights change has another fingerprint', async () => {
    await moveWeights(path.join(folder, 'onnx/model.onnx'))
    const print = async () => fingerprint(await readModelFolder(folder, TRANSFORMERS_CONFIG), TRANSFORMERS_CONFIG)
    const before = await print()
    expect(await print()).toBe(before)
    await appendFile(path.join(folder, 'onnx/model.onnx_data'), 'weights')
    expect(await print()).not.toBe(before)
  })

  test('whose weights are no ONNX file, or stand outside of it, is refused', async () => {
    const print = async () => fingerprint(await readModelFolder(folder, TRANSFORMERS_CONFIG), TRANSFORMERS_CONFIG)
    const weights = path.join(folder, 'onnx/model.onnx')
    await moveWeights(weights)
    const text = await readFile(weights, 'latin1')
    await writeFile(weights, text.replaceAll('model.onnx_data', '../../../data..'), 'latin1')
    await expect(print()).rejects.toMatchObject({
      code: 'model-file-invalid',
      message: expect.stringContaining('outside'),
    })
    await writeFile(weights, 'not found')
    await expect(print()).rejects.toMatchObject({ code: 'model-file-invalid' })
  })

  test.each([
    ['tokenizer.json', 'model-file-missing'],
    ['tokenizer_config.json', 'model-file-missing'],
    ['config.json', 'model-file-missing'],
    ['onnx', 'model-file-missing'],
  ])('without %s is refused', async (file, code) => {
    await rm(path.join(folder, file), { recursive: true })
    await expect(readModelFolder(folder, TRANSFORMERS_CONFIG)).rejects.toMatchObject({ code })
  })

  test.each([
    ['config.json', '{"id2label": 3}'],
    ['config.json', '[]{'],
    ['tokenizer.json', '3'],
  ])('whose %s is %s is refused', async (file, content) => {
    await writeFile(path.join(folder, file), content)
    await expect(readModelFolder(folder, TRANSFORMERS_CONFIG)).rejects.toMatchObject({ code: 'model-file-invalid' })
  })
})

test.each([
  [{ model_type: 'bert', max_position_embeddings: 512 }, { model_max_length: 1e30 }, 512],
  [{ model_type: 'roberta', max_position_embeddings: 514, pad_token_id: 1 }, {}, 512],
  [{ model_type: 'bert', max_position_embeddings: 512 }, { model_max_length: 128 }, 128],
  [{ model_type: 'modernbert', max_position_embeddings: 8192 }, { model_max_length: 8192 }, 8192],
  [{}, {}, 512],
])('%o with %o takes %i tokens', (config, tokenizerConfig, maxTokens) => {
  expect(readModelConfig(config, tokenizerConfig).maxTokens).toBe(maxTokens)
})
