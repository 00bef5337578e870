import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NerModel, ner } from '../../../src/adapters/ner/index.js'
import { createHtmlIndex } from '../../../src/results/text/index.js'
import { loaded } from '../text/loaded.js'
import { BERT_NER, BIOES_NER, RAMPART, ROBERTA_NER, SENTIMENT } from '../text/model-folders.js'
import { predictContext, textItem } from '../text/text-item.js'

const text = (words: string) => textItem({ kind: 'text', text: words })

describe('ner', () => {
  const adapter = ner({ model: BERT_NER })
  let model: NerModel
  beforeAll(async () => {
    model = await loaded(adapter)
  })
  afterAll(() => adapter.dispose?.(model))

  test('tells its classes without marks, and its fingerprint, without being loaded', async () => {
    const info = await adapter.inspect?.()
    expect(info).toMatchObject({ classes: ['PER', 'ORG', 'LOC'], kinds: ['span'] })
    expect(info?.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect((await ner({ model: ROBERTA_NER }).inspect?.())?.fingerprint).not.toBe(info?.fingerprint)
  })

  test('gives spans in UTF-16 units', async () => {
    const words = '👩‍👩‍👧 Maria García met 👨🏽‍🚀 Peter Chen in São Paulo 🇧🇷!'
    const [outcome] = await adapter.predict([text(words)], predictContext(model))
    const spans = outcome instanceof Error || outcome === undefined ? [] : outcome
    const cut = spans.map((span) => (span.kind === 'span' ? [span.label, words.slice(span.start, span.end)] : []))
    expect(cut).toContainEqual(['PER', 'Maria García'])
    expect(cut).toContainEqual(['PER', 'Peter Chen'])
    expect(cut).toContainEqual(['LOC', 'São Paulo'])
  })

  test('reads the blocks of a page apart, and counts as the editor does', async () => {
    const html = '<h1>John Smith</h1><ul><li>Acme Corp</li><li>Paris</li></ul>'
    const words = createHtmlIndex(html).text
    const page = textItem({ kind: 'text', text: words, html })
    const [outcome] = await adapter.predict([page], predictContext(model))
    const spans = outcome instanceof Error || outcome === undefined ? [] : outcome
    const cut = spans.map((span) => (span.kind === 'span' ? words.slice(span.start, span.end) : ''))
    expect(words).toBe('John SmithAcme CorpParis')
    expect(cut).toEqual(['John Smith', 'Acme Corp', 'Paris'])
  })

  test('gives spans inside each utterance of a dialogue', async () => {
    const dialogue = textItem({
      kind: 'dialogue',
      utterances: [{ text: 'Hello!' }, { text: '' }, { text: 'John Smith works at Acme Corp in Paris.' }],
    })
    const outcomes = await adapter.predict([dialogue], predictContext(model))
    expect(outcomes).toMatchObject([
      [
        { kind: 'span', label: 'PER', start: 0, end: 10, utterance: 2 },
        { kind: 'span', label: 'ORG', start: 20, end: 29, utterance: 2 },
        { kind: 'span', label: 'LOC', start: 33, end: 38, utterance: 2 },
      ],
    ])
  })

  test('one bad task harms no other', async () => {
    const broken = textItem({ kind: 'text', text: JSON.parse('null') })
    const outcomes = await adapter.predict([broken, text(''), text('\n \t'), text('In Paris')], predictContext(model))
    expect(outcomes[0]).toMatchObject({ code: 'text-expected' })
    expect(outcomes.slice(1, 3)).toEqual([[], []])
    expect(outcomes[3]).toMatchObject([{ label: 'LOC', start: 3, end: 8 }])
  })

  test('a text of 10 MB is refused at once', async () => {
    const outcomes = await adapter.predict([text('Paris '.repeat(1_750_000)), text('In Paris')], predictContext(model))
    expect(outcomes[0]).toMatchObject({ code: 'text-too-long' })
    expect(outcomes[1]).toHaveLength(1)
  })

  test('a text of nothing but unknown tokens is read', async () => {
    const [outcome] = await adapter.predict([text('𐎀𐎁𐎂 𐎃𐎄')], predictContext(model))
    expect(outcome).not.toBeInstanceOf(Error)
  })

  test('stops when nobody waits any more', async () => {
    const context = predictContext(model, AbortSignal.abort())
    await expect(async () => adapter.predict([text('In Paris')], context)).rejects.toThrow('abort')
  })
})

test('thresholds leave out what is unsure, each class by its own', async () => {
  const adapter = ner({ model: BERT_NER, scoreThreshold: 0.9991, labelThresholds: { ORG: 0.5 } })
  const model = await loaded(adapter)
  const outcomes = await adapter.predict([text('John Smith works at Acme Corp in Paris.')], predictContext(model))
  expect(outcomes).toMatchObject([[{ label: 'ORG' }, { label: 'LOC' }]])
  await adapter.dispose?.(model)
})

test('reads BIOES labels of its own accord: whole entities', async () => {
  const adapter = ner({ model: BIOES_NER, aggregation: 'simple' })
  const model = await loaded(adapter)
  const outcomes = await adapter.predict([text('John Smith works at Acme Corp in Paris.')], predictContext(model))
  expect(outcomes).toMatchObject([
    [
      { label: 'PER', start: 0, end: 10 },
      { label: 'ORG', start: 20, end: 29 },
      { label: 'LOC', start: 33, end: 38 },
    ],
  ])
  await adapter.dispose?.(model)
})

test('finds personal data in whole words with its defaults', async () => {
  const adapter = ner({ model: RAMPART, scoreThreshold: 0.5 })
  const model = await loaded(adapter)
  const words = 'Hello, this is Maria Lopez calling about the apartment on Birch Avenue.'
  const [outcome] = await adapter.predict([text(words)], predictContext(model))
  const spans = outcome instanceof Error || outcome === undefined ? [] : outcome
  expect(spans.map((span) => (span.kind === 'span' ? words.slice(span.start, span.end) : ''))).toEqual([
    'Maria',
    'Lopez',
    'Birch Avenue',
  ])
  await adapter.dispose?.(model)
})

test('what changes no answer is not part of the options it tells', () => {
  expect(ner({ model: BERT_NER, threads: 2, microBatch: 4, aggregation: 'max' }).options).toEqual({
    model: BERT_NER,
    aggregation: 'max',
    scoreThreshold: 0,
    labelThresholds: {},
    maxCharacters: 500_000,
  })
})

test.each([
  [{ model: 'no/such/folder' }, 'model-folder-not-found'],
  [{ model: 'test/adapters' }, 'model-file-missing'],
  [{ model: BERT_NER, dtype: 'q4' as const }, 'model-file-missing'],
  [{ model: BERT_NER, file: 'onnx/other.onnx' }, 'model-file-missing'],
])('%o is refused when it is looked at', async (options, code) => {
  await expect(async () => ner(options).inspect?.()).rejects.toMatchObject({ code })
})

test('a model that classifies whole texts is refused at its first answer', async () => {
  const adapter = ner({ model: SENTIMENT })
  const model = await loaded(adapter)
  const answer = adapter.predict([text('great')], predictContext(model))
  await expect(answer).rejects.toMatchObject({ code: 'model-outputs-unknown' })
  await adapter.dispose?.(model)
})

test('windows that would share all their tokens are refused', async () => {
  await expect(loaded(ner({ model: BERT_NER, maxTokens: 16, stride: 14 }))).rejects.toMatchObject({
    code: 'invalid-options',
  })
})

test.each([
  ['signs that the model has never seen', '꧁ ༒ ꧂ 𓂀𓃰 \u{10ffff}'],
  ['nothing but control characters', '\u0000\u200b\u0007'],
  ['white space', ' \r\n\t\u3000'],
  ['nothing', ''],
])('%s give an answer, not an error', async (_, words) => {
  for (const folder of [BERT_NER, ROBERTA_NER]) {
    const adapter = ner({ model: folder })
    const model = await loaded(adapter)
    const [outcome] = await adapter.predict([text(words)], predictContext(model))
    expect(outcome).toBeInstanceOf(Array)
    await adapter.dispose?.(model)
  }
})
