/** Regions that rules find, and a model is asked about. */

import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/adapters/adapter.js'
import { askRegions } from '../../../src/adapters/compose/index.js'
import type { LlmOptions } from '../../../src/adapters/llm/index.js'
import { rules } from '../../../src/adapters/rules/index.js'
import type { LlmScript } from '../../../src/testing/index.js'
import { quietBackend } from '../../backend/harness.js'
import { withModel } from './ask-model.js'

const CONTROLS = `
  <Choices name="mood" toName="text" perRegion="true"><Choice value="Happy"/><Choice value="Sad"/></Choices>
  <TextArea name="why" toName="text" perRegion="true"/>`
const TEXT = `<View><Text name="text" value="$text"/><Labels name="who" toName="text"><Label value="Person"/></Labels>${CONTROLS}</View>`
const TALK = `<View><Paragraphs name="text" value="$text"/><ParagraphLabels name="who" toName="text"><Label value="Person"/></ParagraphLabels>${CONTROLS}</View>`

const people = () => rules({ rules: [{ label: 'Person', terms: ['Anna', 'Bruno'] }] })
const happy = { mood: 'Happy', why: 'she laughs' }

const predict = (
  script: LlmScript,
  { xml = TEXT, texts, ...options }: { xml?: string; texts: readonly unknown[] } & Partial<LlmOptions>,
) =>
  withModel(script, { confidence: 'none', ...options }, async ({ adapter, server }) => {
    const ask: Adapter = adapter
    const backend = quietBackend({ adapters: [askRegions({ find: people(), ask })] })
    const tasks = texts.map((text, index) => ({ id: index + 1, data: { text } }))
    const answers = await backend.predict(tasks, { config: xml })
    await backend.dispose()
    return { answers, requests: server.requests, usage: adapter.usage() }
  })

const message = (text: string | undefined) => text?.replaceAll(/data-[0-9a-f]{12}/g, 'data')

describe('a region of a text', () => {
  it('is asked about with its words, its label and its surroundings, all its controls at once', async () => {
    const { answers, requests } = await predict({ kind: 'answer', json: happy }, { texts: ['Then Anna laughed.'] })
    expect(answers[0]?.prediction?.result).toMatchObject([
      { from_name: 'who', value: { labels: ['Person'] } },
      { from_name: 'mood', value: { start: 5, end: 9, choices: ['Happy'] } },
      { from_name: 'why', value: { start: 5, end: 9, text: ['she laughs'] } },
    ])
    const [request, ...others] = requests
    expect(others).toEqual([])
    expect(request?.schema?.required).toEqual(['mood', 'why'])
    expect(request?.system).toContain('one region of the data')
    expect(request?.system).toContain('"mood", about the region of "text"')
    expect(message(request?.messages[0]?.text)).toBe(
      `<data name="text">\nAnna\n</data>\n\n<data name="label of the region">\nPerson\n</data>\n\n` +
        `<data name="surroundings of the region">\nThen ⟦Anna⟧ laughed.\n</data>`,
    )
  })

  it('has surroundings that are cut between words, and none when it is all', async () => {
    const long = `${'word '.repeat(300)}Anna${' word'.repeat(300)}`
    const { requests } = await predict({ kind: 'answer', json: happy }, { texts: [long, 'Anna'] })
    const [cut, whole] = requests.map(({ messages }) => message(messages[0]?.text))
    expect(cut).toMatch(/\n… word( word)+ ⟦Anna⟧ word( word)+ …\n/)
    expect(cut?.length).toBeLessThan(1500)
    expect(whole).not.toContain('surroundings')
  })

  it('has surroundings of whole characters, where there are no words', async () => {
    const { requests } = await predict(
      { kind: 'answer', json: happy },
      { texts: [`${'😀'.repeat(400)}.Anna.${'😀'.repeat(400)}`] },
    )
    const text = requests[0]?.messages[0]?.text ?? ''
    expect(text).toContain('⟦Anna⟧')
    expect(text).not.toMatch(/\p{Surrogate}/u)
  })

  it('of a dialogue is shown with the turns around it', async () => {
    const talk = [{ author: 'A', text: 'Who is it?' }, { author: 'B', text: 'It is Anna.' }, { text: 'Ah.' }]
    const { requests } = await predict({ kind: 'answer', json: happy }, { xml: TALK, texts: [talk] })
    const text = message(requests[0]?.messages[0]?.text)
    expect(text).toContain('[0] B: Anna')
    expect(text).toContain('A: Who is it?\nB: It is ⟦Anna⟧.\nAh.')
  })

  it('goes where a template says, and without examples of whole tasks', async () => {
    const examples = { from: [{ data: { text: 'Example' }, answers: happy }] }
    const { requests } = await predict(
      { kind: 'answer', json: happy },
      { texts: ['Anna sang'], template: 'Person: {text}', examples },
    )
    expect(requests[0]?.messages).toHaveLength(1)
    const text = message(requests[0]?.messages[0]?.text)
    expect(text).toContain('Person: <data name="text">\nAnna\n</data>\n\n<data name="label of the region">')
  })
})

it('may be found by the model that is asked about it', async () => {
  const script: LlmScript = ({ system }) => ({
    kind: 'answer',
    json: system.includes('one region of the data')
      ? happy
      : { who: [{ label: 'Person', quote: 'Anna', occurrence: 1 }] },
  })
  await withModel(script, { confidence: 'none' }, async ({ adapter }) => {
    const model: Adapter = adapter
    const both = askRegions({ find: model, ask: model })
    const backend = quietBackend({ adapters: [both] })
    const [answer] = await backend.predict([{ id: 1, data: { text: 'So Anna laughed' } }], { config: TEXT })
    await backend.dispose()
    expect(answer?.prediction?.result).toMatchObject([
      { from_name: 'who', value: { start: 3 } },
      { from_name: 'mood', value: { start: 3, choices: ['Happy'] } },
      { from_name: 'why' },
    ])
    expect(both.usage?.()).toMatchObject({ requests: 2 })
  })
})

it('pays once for regions that are asked the same, and keeps to the budget', async () => {
  const texts = ['Anna', 'Anna']
  const { usage, requests } = await predict({ kind: 'answer', json: happy }, { texts })
  expect(requests).toHaveLength(1)
  expect(usage).toMatchObject({ requests: 1 })

  const budget = { run: { requests: 1 } }
  const { answers } = await predict(
    { kind: 'answer', json: happy },
    { texts: ['Anna met Bruno'], budget, concurrency: 1 },
  )
  expect(answers[0]?.prediction?.result).toHaveLength(4)
})
