import { expect, it } from 'vitest'
import { fitCalibration } from '../../../../src/adapters/llm/index.js'
import { withModel } from '../ask-model.js'
import { makeItem } from '../make-items.js'

const xml = `<View><Text name="t" value="$t"/>
  <Choices name="tone" toName="t"><Choice value="Positive"/><Choice value="Negative"/></Choices>
  <Labels name="spans" toName="t"><Label value="Thing"/></Labels><TextArea name="note" toName="t"/></View>`
const item = makeItem(xml, { t: 'A phone and a case' })

it('reads the probability of each answer from its own tokens', async () => {
  const tokens = [
    ['{"', -9],
    ['tone', -9],
    ['":"', -9],
    ['Pos', Math.log(0.9)],
    ['itive', Math.log(0.5)],
    ['","spans":[', -9],
    ['{"label":"Thing","quote":"', Math.log(0.8)],
    ['phone', Math.log(0.5)],
    ['","occurrence":1}', 0],
    [',', -9],
    ['{"label":"Thing","quote":"case","occurrence":1}', Math.log(0.25)],
    ['],"note":"', -9],
    ['Two ', Math.log(0.9)],
    ['things', Math.log(0.4)],
    ['"}', -9],
  ] as const
  const text = tokens.map(([token]) => token).join('')
  const script = { kind: 'answer', text, tokens: tokens.map(([token, logprob]) => ({ token, logprob })) } as const
  await withModel(script, { confidence: 'logprobs' }, async ({ answer, server }) => {
    const findings = await answer(item)
    expect(findings).toMatchObject([
      { control: 'tone', classes: [{ label: 'Positive', score: expect.closeTo(0.45, 10) }] },
      { control: 'spans', start: 2, score: expect.closeTo(0.4, 10) },
      { control: 'spans', start: 14, score: expect.closeTo(0.25, 10) },
      { control: 'note', score: expect.closeTo(0.6, 10) },
    ])
    expect(server.requests[0]?.logprobs).toBe(true)
  })
})

it('gives no score where the tokens do not spell the answer', async () => {
  const json = { tone: 'Positive', spans: [], note: null }
  await withModel(
    { kind: 'answer', json, tokens: [{ token: '{', logprob: 0 }] },
    { confidence: 'logprobs' },
    async ({ answer }) => {
      expect(await answer(item)).toEqual([
        { kind: 'classification', control: 'tone', classes: [{ label: 'Positive' }] },
      ])
    },
  )
})

it('does not take log-probabilities from a provider that has none', async () => {
  const { anthropic, llm } = await import('../../../../src/adapters/llm/index.js')
  const provider = anthropic({ model: 'claude-haiku-5-5' })
  expect(() => llm({ provider, confidence: 'logprobs' })).toThrow(
    expect.objectContaining({ code: 'invalid-llm-options', path: 'llm.confidence' }),
  )
})

it('counts how many samples agree', async () => {
  const phone = { label: 'Thing', quote: 'phone', occurrence: 1 }
  const cover = { label: 'Thing', quote: 'case', occurrence: 1 }
  const samples = [
    { tone: 'Positive', spans: [phone, cover], note: 'a phone and a case' },
    { tone: 'Negative', spans: [phone], note: 'a phone' },
    { tone: 'Positive', spans: [phone], note: 'phone and case' },
    { tone: null, spans: [cover], note: null },
  ]
  await withModel(
    (_, index) => ({ kind: 'answer', json: samples[index] }),
    { confidence: { samples: 4 }, concurrency: 1 },
    async ({ answer, server }) => {
      expect(await answer(item)).toEqual([
        { kind: 'classification', control: 'tone', classes: [{ label: 'Positive', score: 0.5 }] },
        { kind: 'span', control: 'spans', label: 'Thing', start: 2, end: 7, score: 0.75 },
        { kind: 'text', control: 'note', text: 'a phone and a case', score: expect.closeTo((2 / 4 + 3 / 4) / 3, 10) },
      ])
      expect(server.requests).toHaveLength(4)
    },
  )
})

it('abstains when most samples do, and makes do with the samples that came', async () => {
  const answers = [
    { tone: null, spans: [], note: null },
    'no JSON',
    { tone: null, spans: [], note: null },
    { tone: 'Positive', spans: [], note: null },
  ]
  await withModel(
    (_, index) => {
      const json = answers[index]
      return typeof json === 'string' ? { kind: 'refusal' } : { kind: 'answer', json }
    },
    { confidence: { samples: 4 }, concurrency: 1 },
    async ({ answer }) => expect(await answer(item)).toEqual([]),
  )
})

it('calibrates scores, for each control by its own', async () => {
  const graded = Array.from({ length: 100 }, (_, index) => ({ score: 0.95, correct: index % 10 < 6 }))
  const calibration = fitCalibration(graded)
  const sure = (answer: unknown) => ({ answer, confidence: 0.95 })
  const json = { tone: sure('Positive'), spans: [], note: sure('Hm') }
  await withModel({ kind: 'answer', json }, { calibration: { tone: calibration } }, async ({ answer }) => {
    expect(await answer(item)).toMatchObject([
      { control: 'tone', classes: [{ score: expect.closeTo(0.6, 3) }] },
      { control: 'note', score: 0.95 },
    ])
  })
})

it('leaves a control that no calibration names alone, however it is called', async () => {
  const note = makeItem('<View><Text name="t" value="$t"/><TextArea name="toString" toName="t"/></View>', {
    t: 'A phone',
  })
  const json = { toString: { answer: 'Hm', confidence: 0.95 } }
  const calibration = fitCalibration([true, false].map((correct) => ({ score: 0.95, correct })))
  await withModel({ kind: 'answer', json }, { calibration: { tone: calibration } }, async ({ answer }) => {
    expect(await answer(note)).toMatchObject([{ control: 'toString', score: 0.95 }])
  })
})
