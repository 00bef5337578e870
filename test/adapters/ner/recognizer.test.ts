import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AGGREGATIONS } from '../../../src/adapters/ner/aggregate.js'
import { createRecognizer, type RecognizerOptions } from '../../../src/adapters/ner/recognizer.js'
import type { Entity } from '../../../src/adapters/text/entity.js'
import type { TextModel } from '../../../src/adapters/text/text-model.js'
import { loadFixture } from '../text/load-fixture.js'
import { BERT_NER, BIOES_NER, RAMPART, ROBERTA_NER } from '../text/model-folders.js'
import { type ReferenceEntity, readReference } from './ner-reference.js'

const MODELS = {
  'bert-ner': BERT_NER,
  'bert-ner-bioes-uncased': BIOES_NER,
  'roberta-ner': ROBERTA_NER,
  'rampart-pii': RAMPART,
}

describe.each(Object.entries(MODELS))('%s finds what the Python pipeline finds', (name, folder) => {
  const cases = readReference(name)
  let model: TextModel
  beforeAll(async () => {
    model = await loadFixture(folder)
  })
  afterAll(() => model.dispose())

  const expectSame = async (texts: readonly string[], options: RecognizerOptions, references: ReferenceEntity[][]) => {
    const found = await createRecognizer(model, { scheme: 'bio', ...options }).recognize(texts)
    found.forEach((entities, index) => {
      expectEntities(entities, references[index] ?? [], texts[index] ?? '')
    })
  }

  test.each(AGGREGATIONS)('with aggregation %s, for every text that fits', async (aggregation) => {
    const short = cases.filter(({ tokens }) => tokens <= 512)
    expect(short.length).toBeGreaterThan(40)
    await expectSame(
      short.map(({ text }) => text),
      { aggregation },
      short.map((one) => one[aggregation] ?? []),
    )
  })

  test.each([
    ['simple', 'simple_stride128'],
    ['max', 'max_stride128'],
  ] as const)('with aggregation %s, for every long text in windows', async (aggregation, key) => {
    const long = cases.filter((one) => one[key] !== undefined)
    expect(long.length).toBeGreaterThan(0)
    await expectSame(
      long.map(({ text }) => text),
      { aggregation, stride: 128 },
      long.map((one) => one[key] ?? []),
    )
  })
})

function expectEntities(found: readonly Entity[], reference: readonly ReferenceEntity[], text: string) {
  const places = found.map(({ label, start, end }) => [label, start, end])
  expect(places, text.slice(0, 80)).toEqual(reference.map(([label, start, end]) => [className(label), start, end]))
  const furthest = Math.max(0, ...found.map(({ score }, index) => Math.abs(score - (reference[index]?.[3] ?? 0))))
  expect(furthest, text.slice(0, 80)).toBeLessThan(1e-4)
}

function className(label: string): string {
  return label.replace(/^[BIES]-/, '')
}
