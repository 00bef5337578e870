import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GlinerModel, type GlinerOptions, gliner } from '../../../src/adapters/gliner/index.js'
import { ner } from '../../../src/adapters/ner/index.js'
import { type ControlTag, findControl, parseConfig } from '../../../src/config/index.js'
import { loaded } from '../text/loaded.js'
import { BERT_NER } from '../text/model-folders.js'
import { controlTag, predictContext, textItem } from '../text/text-item.js'
import { GLINER_SPAN } from './gliner-reference.js'

const text = 'On 12 August 1999, Bruno Silva of Acme Ltd flew from Lisbon to New York.'
function labelsOf(inner: string): ControlTag[] {
  const labels = `<Labels name="tags" toName="text" ${inner}</Labels>`
  const control = findControl(parseConfig(`<View><Text name="text" value="$text"/>${labels}</View>`), 'tags')
  return control === undefined ? [] : [control]
}

describe('gliner', () => {
  let model: GlinerModel
  beforeAll(async () => {
    model = await loaded(gliner({ model: GLINER_SPAN, threads: 1, thread: 'calling' }))
  })
  afterAll(() => model.dispose())
  const found = async (controls: ControlTag[], options: Partial<GlinerOptions> = {}, data = {}) => {
    const item = textItem({ kind: 'text', text }, { controls, data })
    const [outcome] = await gliner({ model: GLINER_SPAN, ...options }).predict([item], predictContext(model))
    if (outcome === undefined || outcome instanceof Error) throw outcome ?? new Error('no outcome')
    return outcome.map((finding) =>
      finding.kind === 'span' ? [finding.control, finding.label, text.slice(finding.start, finding.end)] : finding.kind,
    )
  }

  test('asks for the labels of the config, and answers on its control', async () => {
    expect(await found(labelsOf('><Label value="person"/><Label value="city"/>'))).toEqual([
      ['tags', 'person', 'Bruno Silva'],
      ['tags', 'city', 'Lisbon'],
      ['tags', 'city', 'New York'],
    ])
  })

  test('asks in the words of a hint, and answers with the alias', async () => {
    const controls = labelsOf('><Label value="Person" alias="PER" hint="person"/><Label value="X" hint="date"/>')
    expect(await found(controls)).toEqual([
      ['tags', 'X', '12 August 1999'],
      ['tags', 'PER', 'Bruno Silva'],
    ])
  })

  test('asks in the words of `prompts` before all others', async () => {
    const controls = labelsOf('><Label value="PER" hint="animal"/>')
    expect(await found(controls, { prompts: { PER: 'person' } })).toEqual([['tags', 'PER', 'Bruno Silva']])
  })

  test('warns of `prompts` for a label that the config lacks', async () => {
    const warned: object[] = []
    const context = predictContext(model)
    const item = textItem({ kind: 'text', text }, { controls: labelsOf('><Label value="ORG"/>') })
    const logger = { ...context.logger, warn: (fields: object) => void warned.push(fields) }
    await gliner({ model: GLINER_SPAN, prompts: { ORGX: 'company' } }).predict([item], { ...context, logger })
    expect(warned).toEqual([{ option: 'prompts', label: 'ORGX', hint: 'Did you mean `ORG`?' }])
  })

  test('asks for labels that come with the task, and for none when there are none', async () => {
    const controls = labelsOf('value="$labels">')
    expect(await found(controls, {}, { labels: [{ value: 'Town', hint: 'city' }] })).toEqual([
      ['tags', 'Town', 'Lisbon'],
      ['tags', 'Town', 'New York'],
    ])
    expect(await found(controls)).toEqual([])
  })

  test('leaves out what is below the threshold of its label', async () => {
    const controls = labelsOf('><Label value="person"/><Label value="city"/>')
    expect(await found(controls, { labelThresholds: { city: 1 } })).toEqual([['tags', 'person', 'Bruno Silva']])
  })

  test('reads each utterance of a dialogue, and fails a task by itself', async () => {
    const controls = [controlTag('ParagraphLabels', { options: labelsOf('><Label value="city"/>')[0]?.options ?? [] })]
    const items = [
      textItem({ kind: 'dialogue', utterances: [{ text: 'Hi' }, { text: 'She lives in Oslo.' }] }, { controls }),
      textItem({ kind: 'text', text: 'x'.repeat(50) }, { controls }),
      textItem({ kind: 'text', text: '' }, { controls }),
    ]
    const outcomes = await gliner({ model: GLINER_SPAN, maxCharacters: 40 }).predict(items, predictContext(model))
    expect(outcomes).toMatchObject([
      [{ label: 'city', utterance: 1, start: 13, end: 17 }],
      { code: 'text-too-long' },
      [],
    ])
  })

  test('says when the labels leave no room for the text', async () => {
    const labels = Array.from({ length: 90 }, (_, index) => `<Label value="label number ${index}"/>`).join('')
    await expect(found(labelsOf(`>${labels}`))).rejects.toMatchObject({
      code: 'labels-too-long',
      hint: expect.any(String),
    })
  })

  test('describes its model without loading it', async () => {
    const info = await gliner({ model: GLINER_SPAN }).inspect?.()
    expect(info).toMatchObject({ kinds: ['span'], fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(info?.classes).toBeUndefined()
  })
})

describe('a folder that is not one of GLiNER', () => {
  test('is told by the file that it lacks', async () => {
    await expect(gliner({ model: BERT_NER }).inspect?.()).rejects.toMatchObject({
      code: 'model-file-missing',
      message: expect.stringContaining('gliner_config.json'),
      hint: expect.stringMatching(/^It holds .*export_to_onnx/),
    })
    await expect(gliner({ model: 'no/such/folder' }).inspect?.()).rejects.toMatchObject({
      code: 'model-folder-not-found',
      hint: expect.stringMatching(/gliner_config\.json.*export_to_onnx/),
    })
    await expect(ner({ model: GLINER_SPAN }).inspect?.()).rejects.toMatchObject({
      code: 'model-file-missing',
      hint: expect.stringContaining('optimum-cli'),
    })
  })

  test('or by the inputs or the splitter that it needs', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'prelabel-gliner-'))
    const config = path.join(folder, 'gliner_config.json')
    await cp(GLINER_SPAN, folder, { recursive: true })
    await cp(path.join(BERT_NER, 'onnx/model.onnx'), path.join(folder, 'onnx/model.onnx'))
    await expect(loaded(gliner({ model: folder }))).rejects.toMatchObject({ code: 'model-inputs-unknown' })
    await writeFile(config, (await readFile(config, 'utf8')).replace('"whitespace"', '"jieba"'))
    await expect(gliner({ model: folder }).inspect?.()).rejects.toMatchObject({
      code: 'model-file-invalid',
      message: expect.stringContaining('words_splitter_type'),
    })
    await rm(folder, { recursive: true })
  })
})

test('misspelled options are refused', () => {
  const misspelled = { model: GLINER_SPAN, treshold: 0.3 }
  expect(() => gliner(misspelled)).toThrow(expect.objectContaining({ code: 'invalid-options' }))
})
