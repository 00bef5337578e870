import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inspectSam, type SamModelOptions } from '../../../../src/adapters/sam/model/index.js'
import { samModelOptions } from '../../../../src/adapters/sam/model/options.js'
import { encoderFile, hfFolder, metaDecoderFile, pointDecoderFile } from '../fixtures.js'
import { changeModel } from '../onnx-surgery.js'
import { openSam } from '../references.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prelabel-sam-'))
})
afterAll(() => rm(folder, { recursive: true }))

function inspect(options: SamModelOptions) {
  return inspectSam(z.strictObject(samModelOptions).parse(options))
}

/** A folder with these files. */
async function folderWith(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const made = await mkdtemp(join(folder, 'model-'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(made, name), content)
  return made
}

describe('a model that cannot be used says so at once', () => {
  it('a folder that is not there', async () => {
    await expect(inspect({ model: join(folder, 'nowhere') })).rejects.toMatchObject({ code: 'sam-folder-not-found' })
  })

  it('a folder without models', async () => {
    const model = await folderWith({ 'readme.txt': 'none' })
    await expect(inspect({ model })).rejects.toMatchObject({
      code: 'sam-model-incomplete',
      message: expect.stringContaining('it holds no .onnx file'),
    })
  })

  it('a decoder without encoder', async () => {
    const model = await folderWith({ 'decoder.onnx': await readFile(metaDecoderFile) })
    await expect(inspect({ model })).rejects.toMatchObject({
      code: 'sam-model-incomplete',
      message: expect.stringContaining('decoder.onnx is a decoder'),
    })
  })

  it('two encoders', async () => {
    const encoder = await readFile(encoderFile)
    const model = await folderWith({ 'a.onnx': encoder, 'b.onnx': encoder, 'c.onnx': await readFile(metaDecoderFile) })
    await expect(inspect({ model })).rejects.toMatchObject({
      code: 'sam-model-incomplete',
      message: expect.stringContaining('a.onnx is an encoder; b.onnx is an encoder; c.onnx is a decoder'),
    })
  })

  it('a file that is cut short', async () => {
    const decoder = await readFile(metaDecoderFile)
    const model = { encoder: encoderFile, decoder: decoder.subarray(0, decoder.length / 2) }
    await expect(inspect({ model })).rejects.toMatchObject({ code: 'invalid-model' })
  })

  it('a file that is no model', async () => {
    const model = await folderWith({ 'encoder.onnx': 'no model', 'decoder.onnx': await readFile(metaDecoderFile) })
    await expect(inspect({ model })).rejects.toMatchObject({ code: 'invalid-model' })
  })

  it('a file that is not there', async () => {
    const model = { encoder: encoderFile, decoder: join(folder, 'none.onnx') }
    await expect(inspect({ model })).rejects.toMatchObject({ code: 'model-not-found' })
  })

  it('a decoder of another kind of model, with what it has', async () => {
    const model = { encoder: encoderFile, decoder: encoderFile }
    await expect(inspect({ model })).rejects.toMatchObject({
      code: 'sam-model-unknown',
      path: encoderFile,
      message: expect.stringContaining('inputs pixel_values float32[?,3,256,256]; outputs image_embeddings'),
    })
  })

  it('encoder and decoder of different models', async () => {
    const encoder = changeModel(await readFile(encoderFile), {
      behind: [
        { op: 'Concat', inputs: ['image_embeddings', 'image_embeddings'], outputs: ['wide'], attributes: { axis: 1 } },
      ],
      outputs: [{ name: 'wide', type: 'float32', shape: [1, 128, 16, 16] }],
    })
    const model = { encoder, decoder: metaDecoderFile }
    await expect(openSam({ model, thread: 'calling' })).rejects.toMatchObject({
      code: 'sam-model-mismatch',
      message: expect.stringContaining(
        'the decoder wants image_embeddings [1,64,16,16], the encoder gives wide [1,128,16,16]',
      ),
    })
  })

  it('settings of the pictures that cannot be read', async () => {
    const [encoder, decoder] = [await readFile(encoderFile), await readFile(pointDecoderFile)]
    const files = { 'encoder.onnx': encoder, 'decoder.onnx': decoder }
    const model = await folderWith({ ...files, 'preprocessor_config.json': '{"size":{"longest_edge":0}}' })
    await expect(inspect({ model })).rejects.toMatchObject({ code: 'sam-preprocessor-invalid' })
  })

  it('a place to run that does not exist goes to the next', async () => {
    const model = await openSam({ model: hfFolder, providers: ['nowhere', 'cpu'], thread: 'calling' })
    expect(model.summary).toBe('sam, 256×256, cpu')
    await model.dispose()
  })
})

describe('inspectSam', () => {
  it('tells the kind of model, its input, and a fingerprint that follows weights and settings', async () => {
    const facts = await inspect({ model: hfFolder })
    expect(facts).toMatchObject({ layout: 'sam', summary: 'sam, 256×256' })
    expect((await inspect({ model: hfFolder })).fingerprint).toBe(facts.fingerprint)
    expect((await inspect({ model: hfFolder, picture: { antialias: false } })).fingerprint).not.toBe(facts.fingerprint)
    const points = { encoder: encoderFile, decoder: pointDecoderFile }
    expect((await inspect({ model: points })).fingerprint).not.toBe(facts.fingerprint)
  })

  it('reads the settings inside a processor file, as transformers 5 writes them', async () => {
    const processor = { image_processor: { size: { height: 256, width: 256 }, image_mean: [0.5, 0.5, 0.5] } }
    const files = { 'encoder.onnx': await readFile(encoderFile), 'decoder.onnx': await readFile(pointDecoderFile) }
    const plain = await inspect({ model: await folderWith(files) })
    const configured = await inspect({
      model: await folderWith({ ...files, 'processor_config.json': JSON.stringify(processor) }),
    })
    expect(configured.fingerprint).not.toBe(plain.fingerprint)
  })
})
