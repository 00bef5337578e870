import { describe, expect, it } from 'vitest'
import { createSimilarityIndex } from '../../../../src/adapters/llm/examples/similarity.js'
import { examplesFromTasks, type LlmExample, type LlmOptions } from '../../../../src/adapters/llm/index.js'
import { withModel } from '../ask-model.js'
import { makeItem } from '../make-items.js'

const xml = `<View><Text name="review" value="$review"/>
  <Choices name="tone" toName="review"><Choice value="Positive"/><Choice value="Negative"/></Choices></View>`
const example = (review: string, tone: string, id?: number): LlmExample => ({
  ...(id === undefined ? {} : { id }),
  data: { review },
  answers: { tone },
})

/** What the model is shown for a review: `text → answer` of each example, in order. */
function shotsFor(review: string, examples: LlmOptions['examples'], options: Partial<LlmOptions> = {}, config = xml) {
  return withModel(
    { kind: 'answer' },
    { confidence: 'none', ...options, ...(examples && { examples }) },
    async ({ answer, server }) => {
      await answer(makeItem(config, { review }))
      const messages = server.requests[0]?.messages ?? []
      expect(messages.at(-1)?.text).toContain(review)
      return messages.slice(0, -1).map(({ text }) => text.replace(/<\/?data-\w+( name="\w+")?>/g, '').trim())
    },
  )
}

const stock = [
  example('The phone is great', 'Positive'),
  example('The phone is very good', 'Positive'),
  example('A phone that broke', 'Negative'),
  example('The soup was cold', 'Negative'),
  example('Lovely soup', 'Positive'),
]

it('shows fixed examples in their order', async () => {
  expect(await shotsFor('Hm.', { from: stock, count: 2, select: 'fixed' })).toEqual([
    'The phone is great',
    '{"tone":"Positive"}',
    'The phone is very good',
    '{"tone":"Positive"}',
  ])
})

it('shows the nearest ones of different answers, the nearest last', async () => {
  expect(await shotsFor('phone great', { from: stock, count: 2 })).toEqual([
    'A phone that broke',
    '{"tone":"Negative"}',
    'The phone is great',
    '{"tone":"Positive"}',
  ])
  const three = await shotsFor('soup', { from: stock, count: 3 })
  expect(
    three
      .filter((_, index) => index % 2 === 0)
      .slice(-2)
      .sort(),
  ).toEqual(['Lovely soup', 'The soup was cold'])
})

it('never shows a task its own answer, by id or by text', async () => {
  const leaky = [
    example('Anything', 'Positive', 1),
    example('  the SOUP   was cold', 'Negative'),
    example('Lovely soup', 'Positive', 2),
  ]
  for (const select of ['similar', 'fixed'] as const) {
    expect(await shotsFor('The soup was cold', { from: leaky, select })).toEqual(['Lovely soup', '{"tone":"Positive"}'])
  }
})

it('writes a confidence where one is asked for', async () => {
  expect(await shotsFor('Hm.', { from: stock, count: 1, select: 'fixed' }, { confidence: 'stated' })).toEqual([
    'The phone is great',
    '{"tone":{"answer":"Positive","confidence":0.95}}',
  ])
})

it("refuses the author's answers that do not fit the controls", async () => {
  await expect(shotsFor('Hm.', { from: [example('x', 'Great')], select: 'fixed' })).rejects.toMatchObject({
    code: 'invalid-llm-example',
    path: 'examples.answers.tone',
  })
})

describe('from annotations', () => {
  const config = `<View><Text name="review" value="$review"/>
    <Choices name="tone" toName="review" choice="multiple"><Choice value="Positive"/><Choice value="Negative"/></Choices>
    <Taxonomy name="topic" toName="review"><Choice value="Hardware"><Choice value="Battery"/></Choice></Taxonomy>
    <Rating name="stars" toName="review"/><TextArea name="note" toName="review"/>
    <Labels name="spans" toName="review"><Label value="Thing"/></Labels></View>`
  const result = [
    { from_name: 'tone', to_name: 'review', type: 'choices', value: { choices: ['Positive', 'Negative'] } },
    { from_name: 'topic', to_name: 'review', type: 'taxonomy', value: { taxonomy: [['Hardware', 'Battery']] } },
    { from_name: 'stars', to_name: 'review', type: 'rating', value: { rating: 4 } },
    { from_name: 'note', to_name: 'review', type: 'textarea', value: { text: ['One', 'Two'] } },
    // Label Studio counts code points: the emoji is one.
    {
      from_name: 'spans',
      to_name: 'review',
      type: 'labels',
      value: { start: 9, end: 12, text: 'cat', labels: ['Thing'] },
    },
  ]
  const tasks = [
    {
      id: 7,
      data: { review: '😀 cat or cat' },
      annotations: [{ result: [] }, { result }, { result: [], was_cancelled: true }],
    },
    { id: 8, data: { review: 'no annotation' } },
    { id: 9, data: { review: 'skipped' }, annotations: [{ result, was_cancelled: true }] },
  ]

  it('takes the last one that was not skipped, and quotes its spans', async () => {
    const from = examplesFromTasks(tasks)
    expect(from.map(({ id }) => id)).toEqual([7])
    const [text, answer] = await shotsFor('Hm.', { from }, {}, config)
    expect(text).toBe('😀 cat or cat')
    expect(JSON.parse(answer ?? '')).toEqual({
      tone: ['Positive', 'Negative'],
      topic: ['Hardware > Battery'],
      stars: 4,
      note: 'One\nTwo',
      spans: [{ label: 'Thing', quote: 'cat', occurrence: 2 }],
    })
  })

  it('passes over annotations whose labels the config does not have any more', async () => {
    const old = [
      { id: 1, data: { review: 'x' }, annotations: [{ result: [{ ...result[0], value: { choices: ['Gone'] } }] }] },
    ]
    expect(await shotsFor('Hm.', { from: examplesFromTasks(old) }, {}, config)).toEqual([])
  })
})

it('finds texts alike that share rare words', () => {
  const index = createSimilarityIndex(['the cat sat', 'the dog sat', 'the the the', ''])
  const [cat = 0, dog = 0, the = 0, none] = index.to('A CAT, the cat!')
  expect(cat).toBeGreaterThan(dog)
  expect(cat).toBeGreaterThan(the)
  expect(none).toBe(0)
  expect(index.to('the cat sat')[0]).toBeCloseTo(1)
})
