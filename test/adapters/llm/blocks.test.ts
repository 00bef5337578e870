/** A HyperText as the model reads it: blocks that meet are lines, and quotes still stand where the editor counts them. */

import { expect, it } from 'vitest'
import { plainAnswer } from '../../../src/adapters/llm/examples/plain-answers.js'
import { withModel } from './ask-model.js'
import { makeItem } from './make-items.js'

const XML = `<View><HyperText name="page" value="$page"/>
  <HyperTextLabels name="it" toName="page"><Label value="Name"/></HyperTextLabels></View>`
const item = makeItem(XML, { page: '<p>Hello Ann</p><p>Ann left for Oslo</p>' })

async function found(quote: string, occurrence = 1) {
  const script = { kind: 'answer' as const, json: { it: [{ label: 'Name', quote, occurrence }] } }
  return withModel(script, { confidence: 'none', repairs: 0 }, async ({ answer, server }) => {
    const findings = await answer(item)
    expect(server.requests[0]?.messages[0]?.text).toContain('Hello Ann\nAnn left for Oslo')
    return findings
  })
}

it('finds a quote of the second block where it stands', async () => {
  expect(await found('Ann', 2)).toMatchObject([{ kind: 'span', label: 'Name', start: 9, end: 12 }])
  expect(await found('Oslo')).toMatchObject([{ start: 22, end: 26 }])
})

it('gives a quote over a border as one span in each block', async () => {
  expect(await found('Ann\nAnn left')).toMatchObject([
    { start: 6, end: 9 },
    { start: 9, end: 17 },
  ])
})

it('leaves out a quote that is there only without the border', async () => {
  expect(await found('AnnAnn')).toEqual([])
})

it('quotes examples as the text is shown', () => {
  const [control] = item.controls
  if (control === undefined) throw new Error('no control')
  const spans = [
    [9, 12],
    [6, 17],
  ].map(([start, end]) => ({
    from_name: 'it',
    value: { hypertextlabels: ['Name'], globalOffsets: { start, end } },
  }))
  expect(plainAnswer(control, spans, item.inputs)).toEqual([
    { label: 'Name', quote: 'Ann', occurrence: 2 },
    { label: 'Name', quote: 'Ann\nAnn left', occurrence: 1 },
  ])
})
