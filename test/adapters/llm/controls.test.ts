import { describe, expect, it } from 'vitest'
import type { LlmOptions } from '../../../src/adapters/llm/index.js'
import type { Finding } from '../../../src/results/findings.js'
import { withModel } from './ask-model.js'
import { makeItem } from './make-items.js'

const text = (controls: string) => `<View><Text name="review" value="$review"/>${controls}</View>`
const review = { review: 'Great 😀 phone, great price. Battery: bad.' }

interface Case {
  readonly xml: string
  readonly data: Readonly<Record<string, unknown>>
  readonly answer: unknown
  readonly findings: readonly Finding[]
}

/** Config and answer of a model, and what is found. Every control is called `it`. */
const cases: Record<string, Case> = {
  'Choices, single': {
    xml: text(
      '<Choices name="it" toName="review"><Choice value="Positive" hint="likes it"/><Choice value="Mixed feelings" alias="mixed"/></Choices>',
    ),
    data: review,
    answer: 'mixed',
    findings: [{ kind: 'classification', control: 'it', classes: [{ label: 'mixed' }] }],
  },
  'Choices, multiple': {
    xml: text(
      '<Choices name="it" toName="review" choice="multiple"><Choice value="Price"/><Choice value="Battery"/><Choice value="Screen"/></Choices>',
    ),
    data: review,
    answer: ['Battery', 'Price'],
    findings: [{ kind: 'classification', control: 'it', classes: [{ label: 'Battery' }, { label: 'Price' }] }],
  },
  'Choices from the task': {
    xml: text('<Choices name="it" toName="review" value="$options"/>'),
    data: { ...review, options: [{ value: 'Yes' }, { value: 'No', alias: 'n', hint: 'never' }] },
    answer: 'n',
    findings: [{ kind: 'classification', control: 'it', classes: [{ label: 'n' }] }],
  },
  Taxonomy: {
    xml: text(
      '<Taxonomy name="it" toName="review"><Choice value="Hardware"><Choice value="Battery"/></Choice><Choice value="Shop"/></Taxonomy>',
    ),
    data: review,
    answer: ['Hardware > Battery', 'Shop'],
    findings: [{ kind: 'classification', control: 'it', classes: [{ label: 'Battery' }, { label: 'Shop' }] }],
  },
  TextArea: {
    xml: text('<TextArea name="it" toName="review" placeholder="One-line summary"/>'),
    data: review,
    answer: 'Cheap, but weak battery.',
    findings: [{ kind: 'text', control: 'it', text: 'Cheap, but weak battery.' }],
  },
  Rating: {
    xml: text('<Rating name="it" toName="review" maxRating="7"/>'),
    data: review,
    answer: 5,
    findings: [{ kind: 'number', control: 'it', value: 5 }],
  },
  Number: {
    xml: text('<Number name="it" toName="review" min="0" max="1" step="0.1"/>'),
    data: review,
    answer: 0.3,
    findings: [{ kind: 'number', control: 'it', value: 0.3 }],
  },
  'DateTime, date': {
    xml: text('<DateTime name="it" toName="review" only="date" format="%d.%m.%Y"/>'),
    data: review,
    answer: '2026-02-28',
    findings: [{ kind: 'datetime', control: 'it', value: '28.02.2026' }],
  },
  'DateTime, whole': {
    xml: text('<DateTime name="it" toName="review"/>'),
    data: review,
    answer: '2026-02-28T09:05',
    findings: [{ kind: 'datetime', control: 'it', value: '2026-02-28T09:05' }],
  },
  Pairwise: {
    xml: '<View><Text name="a" value="$a"/><Text name="b" value="$b"/><Pairwise name="it" toName="a,b"/></View>',
    data: { a: 'One answer', b: 'Another answer' },
    answer: 'right',
    findings: [{ kind: 'preference', control: 'it', selected: 'right' }],
  },
  'Ranker, order': {
    xml: '<View><List name="list" value="$items"/><Ranker name="it" toName="list"/></View>',
    data: {
      items: [
        { id: 'x', title: 'X' },
        { id: 'y', title: 'Y' },
      ],
    },
    answer: ['y', 'x'],
    findings: [{ kind: 'ranking', control: 'it', order: ['y', 'x'] }],
  },
  'Ranker, buckets': {
    xml: '<View><List name="list" value="$items"/><Ranker name="it" toName="list"><Bucket name="good" title="Good"/><Bucket name="bad" title="Bad"/></Ranker></View>',
    data: {
      items: [
        { id: 1, title: 'X' },
        { id: 2, title: 'Y' },
      ],
    },
    answer: [{ id: '2', bucket: 'good' }],
    findings: [{ kind: 'ranking', control: 'it', order: { good: ['2'], bad: [] } }],
  },
  'Labels on text': {
    xml: text('<Labels name="it" toName="review"><Label value="Praise"/><Label value="Blame"/></Labels>'),
    data: review,
    answer: [
      { label: 'Praise', quote: 'reat', occurrence: 2 },
      { label: 'Praise', quote: '😀', occurrence: 1 },
      { label: 'Blame', quote: 'Battery: bad', occurrence: 1 },
    ],
    findings: [
      { kind: 'span', control: 'it', label: 'Praise', start: 17, end: 21 },
      { kind: 'span', control: 'it', label: 'Praise', start: 6, end: 8 },
      { kind: 'span', control: 'it', label: 'Blame', start: 29, end: 41 },
    ],
  },
  HyperTextLabels: {
    xml: '<View><HyperText name="page" value="$page"/><HyperTextLabels name="it" toName="page"><Label value="Name"/></HyperTextLabels></View>',
    data: { page: '<p>Hi <b>Ann</b>a &amp; Bo</p>' },
    answer: [{ label: 'Name', quote: 'Anna', occurrence: 1 }],
    findings: [{ kind: 'span', control: 'it', label: 'Name', start: 3, end: 7 }],
  },
  ParagraphLabels: {
    xml: '<View><Paragraphs name="talk" value="$talk"/><ParagraphLabels name="it" toName="talk"><Label value="Thing"/></ParagraphLabels></View>',
    data: {
      talk: [
        { author: 'A', text: 'Is it on?' },
        { author: 'B', text: 'It is: it is on.' },
      ],
    },
    answer: [{ label: 'Thing', utterance: 1, quote: 'it is', occurrence: 1 }],
    findings: [{ kind: 'span', control: 'it', label: 'Thing', utterance: 1, start: 7, end: 12 }],
  },
  'RectangleLabels on a picture': {
    xml: '<View><Image name="photo" value="$photo"/><RectangleLabels name="it" toName="photo"><Label value="Cat"/></RectangleLabels></View>',
    data: { photo: '/data/upload/1/cat.png' },
    answer: [{ label: 'Cat', left: 100, top: 250, right: 600, bottom: 1000 }],
    findings: [
      {
        kind: 'detection',
        control: 'it',
        label: 'Cat',
        unit: 'fraction',
        box: { x: 0.1, y: 0.25, width: 0.5, height: 0.75 },
      },
    ],
  },
}

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

it('asks nothing where there is nothing to ask', async () => {
  const xml = text('<Choices name="it" toName="review" value="$options"/>')
  await withModel({ kind: 'answer' }, {}, async ({ answer, server }) => {
    expect(await answer(makeItem(xml, { ...review, options: [] }))).toEqual([])
    expect(server.requests).toHaveLength(0)
  })
})
