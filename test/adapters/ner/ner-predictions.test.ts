import { expect, test } from 'vitest'
import { z } from 'zod'
import { ner } from '../../../src/adapters/ner/index.js'
import { createBackend } from '../../../src/backend/index.js'
import { BERT_NER } from '../text/model-folders.js'

const answer = z.object({
  results: z.array(z.object({ result: z.array(z.looseObject({ value: z.looseObject({}) })) })),
})

/** What the backend answers for one task, by the protocol. */
async function ask(config: string, data: unknown): Promise<unknown> {
  const backend = createBackend({ adapters: [ner({ model: BERT_NER, scoreThreshold: 0.95, labelMap: { ORG: null } })] })
  const response = await backend.fetch(
    new Request('http://localhost/predict', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tasks: [{ id: 1, data }], label_config: config }),
    }),
  )
  const body: unknown = await response.json()
  await backend.dispose()
  return body
}

/** The values of its results. */
async function predict(config: string, data: unknown) {
  const { results } = answer.parse(await ask(config, data))
  return results[0]?.result.map(({ value }) => value)
}

const LABELS = '<Label value="Person" predicted_values="PER"/><Label value="LOC"/>'

test('on Text: code points, behind emoji and line ends', async () => {
  const config = `<View><Text name="t" value="$text"/><Labels name="l" toName="t">${LABELS}</Labels></View>`
  const text = '👩‍👩‍👧\r\nJohn Smith works at Acme Corp in Paris.'
  expect(await predict(config, { text })).toMatchObject([
    { start: 7, end: 17, text: 'John Smith', labels: ['Person'] },
    { start: 40, end: 45, text: 'Paris', labels: ['LOC'] },
  ])
})

test('on HyperText: xpaths and global offsets of the rendered text', async () => {
  const config = `<View><HyperText name="h" value="$html"/><HyperTextLabels name="l" toName="h">${LABELS}</HyperTextLabels></View>`
  const html = '<div><p>👩‍👩‍👧</p>\n<p>John <b>Smith</b> works at Acme Corp in Paris.</p></div>'
  expect(await predict(config, { html })).toMatchObject([
    {
      start: '/div[1]/p[2]/text()[1]',
      startOffset: 0,
      end: '/div[1]/p[2]/b[1]/text()[1]',
      endOffset: 5,
      globalOffsets: { start: 6, end: 16 },
      hypertextlabels: ['Person'],
    },
    { globalOffsets: { start: 39, end: 44 }, hypertextlabels: ['LOC'] },
  ])
})

test('on Paragraphs: each utterance by itself', async () => {
  const config = `<View><Paragraphs name="p" value="$talk" layout="dialogue"/><ParagraphLabels name="l" toName="p">${LABELS}</ParagraphLabels></View>`
  const talk = [
    { author: 'A', text: 'Hello!' },
    { author: 'B', text: 'John Smith works at Acme Corp in Paris.' },
  ]
  expect(await predict(config, { talk })).toMatchObject([
    { start: '1', end: '1', startOffset: 0, endOffset: 10, paragraphlabels: ['Person'] },
    { start: '1', end: '1', startOffset: 33, endOffset: 38, paragraphlabels: ['LOC'] },
  ])
})

test('with a config that has none of the model’s classes: an error that says so', async () => {
  const config =
    '<View><Text name="t" value="$text"/><Labels name="l" toName="t"><Label value="Weather"/></Labels></View>'
  expect(await ask(config, { text: 'John Smith works at Acme Corp in Paris.' })).toMatchObject({
    results: [[]],
    errors: [{ code: 'nothing-bound', hint: expect.any(String) }],
  })
})
