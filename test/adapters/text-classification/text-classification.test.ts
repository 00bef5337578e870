import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TextClassificationModel, textClassification } from '../../../src/adapters/text-classification/index.js'
import { loaded } from '../text/loaded.js'
import { SENTIMENT, TOPICS } from '../text/model-folders.js'
import { predictContext, textItem } from '../text/text-item.js'

const text = (words: string) => textItem({ kind: 'text', text: words })

describe('a single-label model', () => {
  const adapter = textClassification({ model: SENTIMENT })
  let model: TextClassificationModel
  beforeAll(async () => {
    model = await loaded(adapter)
  })
  afterAll(() => adapter.dispose?.(model))

  test('tells its classes without being loaded', async () => {
    const info = await adapter.inspect?.()
    expect(info).toMatchObject({ classes: ['negative', 'neutral', 'positive'], kinds: ['classification'] })
    expect(info?.fingerprint).toMatch(/^[0-9a-f]{64}$/)
  })

  test('gives its best class alone', async () => {
    const outcomes = await adapter.predict([text('The movie was great.')], predictContext(model))
    expect(outcomes).toEqual([
      [{ kind: 'classification', classes: [{ label: 'positive', score: expect.closeTo(0.920593, 4) }] }],
    ])
  })

  test('an empty text gets no class, a field without text an error of its own, the others their classes', async () => {
    const broken = textItem({ kind: 'text', text: JSON.parse('42') })
    const outcomes = await adapter.predict([text('  '), broken, text('What a terrible phone!')], predictContext(model))
    expect(outcomes[0]).toEqual([])
    expect(outcomes[1]).toMatchObject({ code: 'text-expected' })
    expect(outcomes[2]).toMatchObject([{ classes: [{ label: 'negative' }] }])
  })

  test('a dialogue is read as one text', async () => {
    const dialogue = textItem({ kind: 'dialogue', utterances: [{ text: 'What a' }, { text: 'terrible phone!' }] })
    const outcomes = await adapter.predict([dialogue], predictContext(model))
    expect(outcomes).toMatchObject([[{ classes: [{ label: 'negative' }] }]])
  })

  test('stops when nobody waits any more', async () => {
    const context = predictContext(model, AbortSignal.abort())
    await expect(async () => adapter.predict([text('great')], context)).rejects.toThrow('abort')
  })
})

test('a multi-label model gives all classes above the threshold, best first', async () => {
  const adapter = textClassification({ model: TOPICS, labelThresholds: { sports: 0.99 } })
  const model = await loaded(adapter)
  const outcomes = await adapter.predict([text('bank shares and the tennis match')], predictContext(model))
  expect(outcomes).toEqual([
    [{ kind: 'classification', classes: [{ label: 'finance', score: expect.closeTo(0.85834, 4) }] }],
  ])
  await adapter.dispose?.(model)
})

test('a template joins fields of the task', async () => {
  const adapter = textClassification({ model: TOPICS, template: '{title} {doc.body}', topK: 2 })
  const model = await loaded(adapter)
  const shown = { kind: 'text', text: '' } as const
  const good = textItem(shown, { data: { title: 'bank shares', doc: { body: 'and the tennis match' } } })
  const bad = textItem(shown, { data: { title: 'bank shares', doc: {} } })
  const outcomes = await adapter.predict([good, bad], predictContext(model))
  expect(outcomes[0]).toMatchObject([{ classes: [{ label: 'sports' }, { label: 'finance' }] }])
  expect(outcomes[1]).toMatchObject({ code: 'template-field-missing', path: 'data.doc.body' })
  await adapter.dispose?.(model)
})

test.each([
  [{ model: SENTIMENT, topK: 0 }, 'textClassification.topK'],
  [{ model: '' }, 'textClassification.model'],
])('options that cannot be right are named: %o', (options, path) => {
  expect(() => textClassification(options)).toThrow(expect.objectContaining({ code: 'invalid-options', path }))
})
