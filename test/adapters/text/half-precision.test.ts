import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ner } from '../../../src/adapters/ner/index.js'
import { changeModel } from '../sam/onnx-surgery.js'
import { loaded } from './loaded.js'
import { BERT_NER } from './model-folders.js'
import { predictContext, textItem } from './text-item.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'prelabel-'))
  await cp(BERT_NER, folder, { recursive: true })
  const whole = await readFile(path.join(folder, 'onnx/model.onnx'))
  const half = changeModel(whole, {
    behind: [{ op: 'Cast', inputs: ['logits'], outputs: ['half'], attributes: { to: 10 } }],
    outputs: [{ name: 'half', type: 'float16', shape: ['batch', 'tokens', 7] }],
  })
  await writeFile(path.join(folder, 'onnx/model_fp16.onnx'), half)
})
afterAll(() => rm(folder, { recursive: true }))

test.each(['own', 'calling'] as const)('scores in half precision are read: thread %s', async (thread) => {
  const item = textItem({ kind: 'text', text: 'John Smith works at Acme Corp in Paris.' })
  const found = async (dtype: 'fp32' | 'fp16') => {
    const adapter = ner({ model: folder, dtype, thread })
    const model = await loaded(adapter)
    const [outcome] = await adapter.predict([item], predictContext(model))
    await adapter.dispose?.(model)
    return outcome instanceof Error || outcome === undefined ? [] : outcome
  }
  const whole = await found('fp32')
  expect(whole).toHaveLength(3)
  const near = whole.map((span) => ({ ...span, score: expect.closeTo('score' in span ? (span.score ?? 0) : 0, 4) }))
  expect(await found('fp16')).toEqual(near)
})
