import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { TextModel } from '../../../src/adapters/text/text-model.js'
import { createClassifier } from '../../../src/adapters/text-classification/classifier.js'
import { loadFixture } from '../text/load-fixture.js'
import { SENTIMENT, TOPICS } from '../text/model-folders.js'

const scores = z.array(z.tuple([z.string(), z.number()]))
const file = z.object({ cases: z.array(z.object({ text: z.string(), softmax: scores, sigmoid: scores })) })

const MODELS = [
  ['bert-sentiment', SENTIMENT, false],
  ['bert-topics-multilabel', TOPICS, true],
] as const

describe.each(MODELS)('%s says what the Python pipeline says', (name, folder, multiLabel) => {
  const { cases } = file.parse(JSON.parse(readFileSync(`test/fixtures/${name}/reference.json`, 'utf8')))
  let model: TextModel
  beforeAll(async () => {
    model = await loadFixture(folder, 8, 'sequences')
  })
  afterAll(() => model.dispose())

  test('takes its manner from the config', () => {
    expect(createClassifier(model, { longTexts: 'first' }).multiLabel).toBe(multiLabel)
  })

  test.each([
    ['softmax', false],
    ['sigmoid', true],
  ] as const)('scores by %s, long texts cut at the first part', async (key, asMultiLabel) => {
    const classifier = createClassifier(model, { longTexts: 'first', multiLabel: asMultiLabel })
    const found = await classifier.classify(cases.map(({ text }) => text))
    expect(found).toHaveLength(cases.length)
    found.forEach((classes, index) => {
      const expected = cases[index]?.[key] ?? []
      expect(classes.map(({ label }) => label)).toEqual(expected.map(([label]) => label))
      const furthest = Math.max(...classes.map(({ score }, place) => Math.abs(score - (expected[place]?.[1] ?? 0))))
      expect(furthest).toBeLessThan(1e-4)
    })
  })
})

test('a long text is the mean of its parts, weighed by their length', async () => {
  const model = await loadFixture(SENTIMENT, 1, 'sequences')
  const options = { longTexts: 'average', maxTokens: 12 } as const
  const [whole] = await createClassifier(model, options).classify([`${'great '.repeat(10)}${'terrible '.repeat(5)}`])
  const parts = await createClassifier(model, options).classify(['great '.repeat(10), 'terrible '.repeat(5)])
  const positive = (classes: typeof whole) => classes?.find(({ label }) => label === 'positive')?.score ?? Number.NaN
  expect(positive(whole)).toBeCloseTo((2 * positive(parts[0]) + positive(parts[1])) / 3, 5)
  await model.dispose()
})
