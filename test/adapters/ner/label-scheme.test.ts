import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aggregate } from '../../../src/adapters/ner/aggregate.js'
import { classesOf, detectScheme, type LabelScheme, readTags } from '../../../src/adapters/ner/label-scheme.js'
import { createRecognizer } from '../../../src/adapters/ner/recognizer.js'
import type { TextModel } from '../../../src/adapters/text/text-model.js'
import { loadFixture } from '../text/load-fixture.js'
import { BIOES_NER } from '../text/model-folders.js'
import { readReference } from './ner-reference.js'

test.each([
  [['O', 'B-PER', 'I-PER'], 'bio', ['PER']],
  [['O', 'I-PER', 'I-LOC'], 'bio', ['PER', 'LOC']],
  [['O', 'B-PER', 'I-PER', 'E-PER', 'S-PER'], 'bioes', ['PER']],
  [['B-PER', 'I-PER', 'L-PER', 'U-PER', 'O'], 'bilou', ['PER']],
  [['O', 'PER', 'LOC'], 'plain', ['PER', 'LOC']],
  [['O', 'E-COMMERCE', 'date-time'], 'plain', ['E-COMMERCE', 'date-time']],
  [['O'], 'plain', []],
] as const)('%j is read as %s', (labels, scheme, classes) => {
  expect(detectScheme(labels)).toBe(scheme)
  expect(classesOf(readTags(labels, scheme))).toEqual(classes)
})

/** Entities of a row of labels, as `label start end` in tokens. */
function read(scheme: LabelScheme, row: string): string[] {
  const names = row.split(' ')
  const labels = [...new Set(names)]
  const tokens = names.map((name, index) => ({
    start: index,
    end: index + 1,
    scores: labels.map((label) => (label === name ? 1 : 0)),
    continuesWord: false,
  }))
  return aggregate(tokens, readTags(labels, scheme), 'simple').map(
    ({ label, start, end }) => `${label} ${start} ${end}`,
  )
}

test.each([
  ['bio', 'B-A I-A O I-A B-A', ['A 0 2', 'A 3 4', 'A 4 5']],
  ['bio', 'I-A I-A I-B', ['A 0 2', 'B 2 3']],
  ['bioes', 'B-A I-A E-A S-A S-A', ['A 0 3', 'A 3 4', 'A 4 5']],
  ['bioes', 'B-A B-A E-A I-A O E-B', ['A 0 1', 'A 1 3', 'A 3 4', 'B 5 6']],
  ['bilou', 'U-A B-A L-A L-A', ['A 0 1', 'A 1 3', 'A 3 4']],
  ['plain', 'A A O A B', ['A 0 2', 'A 3 4', 'B 4 5']],
] as const)('%s: %s', (scheme, row, entities) => {
  expect(read(scheme, row)).toEqual(entities)
})

describe('a model with BIOES labels', () => {
  let model: TextModel
  beforeAll(async () => {
    model = await loadFixture(BIOES_NER, 16)
  })
  afterAll(() => model.dispose())

  test('gives the spans of a plain BIOES reading, for every text that fits', async () => {
    const cases = readReference('bert-ner-bioes-uncased').filter(({ tokens }) => tokens <= 512)
    const recognizer = createRecognizer(model, { aggregation: 'simple' })
    const found = await recognizer.recognize(cases.map(({ text }) => text))
    found.forEach((entities, index) => {
      const { text = '', bioes } = cases[index] ?? {}
      expect(
        entities.map(({ label, start, end }) => [label, start, end]),
        text,
      ).toEqual(bioes)
    })
  })
})
