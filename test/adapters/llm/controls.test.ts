import { describe, expect, it } from 'vitest'
import type { LlmOptions } from '../../../src/adapters/llm/index.js'
import { withModel } from './ask-model.js'
import { type Case, cases, review, text } from './control-cases.js'
import { makeItem } from './make-items.js'

const ask = ({ xml, data }: Case, json: unknown, options: Partial<LlmOptions> = {}) =>
  withModel({ kind: 'answer', json: { it: json } }, { confidence: 'none', ...options }, async ({ answer, server }) => ({
    findings: await answer(makeItem(xml, data)),
    requests: server.requests,
  }))

describe.each(Object.entries(cases))('%s', (_, given) => {
  it('is asked for by a schema and read into findings', async () => {
    const { findings, requests } = await ask(given, given.answer)
    expect(findings).toEqual(given.findings)
    expect(requests).toHaveLength(1)
    expect(requests[0]?.schema).toMatchSnapshot('schema')
    expect(requests[0]?.system).toMatchSnapshot('system prompt')
  })

  it('carries a stated confidence', async () => {
    const sure = (answer: unknown) => ({ answer, confidence: 0.75 })
    const isList = Array.isArray(given.answer) && given.findings[0]?.kind !== 'ranking'
    const { findings } = await ask(given, isList ? Array.from(Object(given.answer), sure) : sure(given.answer), {
      confidence: 'stated',
    })
    const scored = given.findings.map((finding) =>
      finding.kind === 'classification'
        ? { ...finding, classes: finding.classes.map((entry) => ({ ...entry, score: 0.75 })) }
        : { ...finding, score: 0.75 },
    )
    expect(findings).toEqual(scored)
  })
})

describe('what a model cannot tell', () => {
  const openTo = ['Choices, single', 'TextArea', 'Rating', 'Number', 'DateTime, date', 'Pairwise']
  it.each(openTo)('%s stays open', async (name) => {
    const given = cases[name]
    if (given === undefined) throw new Error(name)
    expect((await ask(given, null)).findings).toEqual([])
    await expect(ask(given, null, { abstain: false, repairs: 0 })).rejects.toMatchObject({ code: 'llm-invalid-reply' })
  })

  it.each(['Choices, multiple', 'Taxonomy', 'Labels on text', 'RectangleLabels on a picture'])(
    '%s may be empty',
    async (name) => {
      const given = cases[name]
      if (given === undefined) throw new Error(name)
      expect((await ask(given, [])).findings).toEqual([])
    },
  )
})

describe('answers that cannot be', () => {
  it.each([
    ['Choices, single', 'Positive '],
    ['Choices, single', ['Positive']],
    ['Choices, multiple', ['Camera']],
    ['Taxonomy', ['Battery']],
    ['Rating', 8],
    ['Rating', 2.5],
    ['Number', 1.1],
    ['Number', 0.25],
    ['DateTime, date', '2026-02-29'],
    ['DateTime, date', '28.02.2026'],
    ['DateTime, whole', '2026-02-28T24:00'],
    ['Pairwise', 'both'],
    ['Ranker, order', ['x']],
    ['Ranker, order', ['x', 'x']],
    ['Ranker, buckets', [{ id: '2', bucket: 'ugly' }]],
    [
      'Ranker, buckets',
      [
        { id: '2', bucket: 'good' },
        { id: '2', bucket: 'bad' },
      ],
    ],
    ['Labels on text', [{ label: 'Praise', quote: 'Great', occurrence: 0 }]],
    ['Labels on text', [{ label: 'Anger', quote: 'Great', occurrence: 1 }]],
    ['RectangleLabels on a picture', [{ label: 'Cat', left: 0, top: 0, right: 1001, bottom: 10 }]],
  ])('%s: %j is refused, and no other is guessed', async (name, answer) => {
    const given = cases[name]
    if (given === undefined) throw new Error(name)
    await expect(ask(given, answer, { repairs: 0 })).rejects.toMatchObject({ code: 'llm-invalid-reply' })
  })

  it.each([
    ['Labels on text', { label: 'Praise', quote: 'GREAT', occurrence: 1 }],
    ['Labels on text', { label: 'Praise', quote: 'Great', occurrence: 2 }],
    ['ParagraphLabels', { label: 'Thing', utterance: 0, quote: 'it is', occurrence: 1 }],
    ['ParagraphLabels', { label: 'Thing', utterance: 2, quote: 'it is', occurrence: 1 }],
    ['RectangleLabels on a picture', { label: 'Cat', left: 500, top: 0, right: 500, bottom: 10 }],
  ])('%s: %j is left out, and the rest is kept', async (name, wrong) => {
    const given = cases[name]
    if (given === undefined || !Array.isArray(given.answer)) throw new Error(name)
    const { findings } = await ask(given, [...given.answer, wrong], { repairs: 0 })
    expect(findings).toEqual(given.findings)
  })
})

it('asks for all controls of a task at once, and leaves out those of regions', async () => {
  const xml = text(
    '<Choices name="tone of voice" toName="review"><Choice value="Calm"/></Choices><Rating name="stars" toName="review"/>' +
      '<Labels name="spans" toName="review"><Label value="X"/></Labels><TextArea name="note" toName="review" perRegion="true"/>',
  )
  const json = { control_1: 'Calm', stars: 2, spans: [] }
  await withModel({ kind: 'answer', json }, { confidence: 'none' }, async ({ answer, server }) => {
    expect(await answer(makeItem(xml, review))).toEqual([
      { kind: 'classification', control: 'tone of voice', classes: [{ label: 'Calm' }] },
      { kind: 'number', control: 'stars', value: 2 },
    ])
    expect(server.requests[0]?.schema?.required).toEqual(['control_1', 'stars', 'spans'])
  })
})

it('keeps a vocabulary out of the schema that is too long for providers, and checks it all the same', async () => {
  const xml = text('<Choices name="it" toName="review" value="$options"/>')
  const data = { ...review, options: Array.from({ length: 1000 }, (_, index) => ({ value: `Option ${index}` })) }
  const given = { xml, data, answer: 'Option 999', findings: [] }
  const { findings, requests } = await ask(given, 'Option 999')
  expect(findings).toEqual([{ kind: 'classification', control: 'it', classes: [{ label: 'Option 999' }] }])
  expect(JSON.stringify(requests[0]?.schema).length).toBeLessThan(500)
  expect(requests[0]?.system).toContain('"Option 999"')
  await expect(ask(given, 'Option 1000', { repairs: 0 })).rejects.toThrow('letter by letter')
})

it('boxes things on the pages of a picture', async () => {
  const item = makeItem(
    '<View><Image name="scan" valueList="$scans"/><RectangleLabels name="it" toName="scan"><Label value="Stamp"/></RectangleLabels></View>',
    { scans: ['a.png', 'b.png'] },
  )
  const [page] = item.inputs
  if (page === undefined) throw new Error('no page')
  const sides = { left: 0, top: 0, right: 500, bottom: 500 }
  const json = { it: [0, 1, 2].map((index) => ({ label: 'Stamp', page: index, ...sides })) }
  await withModel({ kind: 'answer', json }, { confidence: 'none', repairs: 0 }, async ({ answer, server }) => {
    const findings = await answer({ ...item, inputs: [page, page] })
    expect(findings.map(({ itemIndex }) => itemIndex)).toEqual([0, 1])
    expect(server.requests[0]?.messages[0]).toMatchObject({
      text: 'The picture "scan", page 0:\nThe picture "scan", page 1:',
      images: [expect.any(String), expect.any(String)],
    })
  })
})

it('agrees on boxes that overlap in most samples', async () => {
  const given = cases['RectangleLabels on a picture']
  if (given === undefined) throw new Error('no case')
  const box = (left: number, label = 'Cat') => ({ label, left, top: 0, right: left + 400, bottom: 400 })
  const samples = [[box(0), box(600)], [box(20)], [box(40), box(590)]]
  await withModel(
    (_, index) => ({ kind: 'answer', json: { it: samples[index] } }),
    { confidence: { samples: 3 }, concurrency: 1 },
    async ({ answer }) => {
      expect(await answer(makeItem(given.xml, given.data))).toMatchObject([
        { box: { x: expect.closeTo(0.02, 10), width: expect.closeTo(0.4, 10) }, score: 1 },
        { box: { x: expect.closeTo(0.595, 10) }, score: expect.closeTo(2 / 3, 10) },
      ])
    },
  )
})

it('asks nothing where there is nothing to ask', async () => {
  const xml = text('<Choices name="it" toName="review" value="$options"/>')
  await withModel({ kind: 'answer' }, {}, async ({ answer, server }) => {
    expect(await answer(makeItem(xml, { ...review, options: [] }))).toEqual([])
    expect(server.requests).toHaveLength(0)
  })
})
