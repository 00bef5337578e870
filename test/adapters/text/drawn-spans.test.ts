import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NerModel, ner } from '../../../src/adapters/ner/index.js'
import { touching } from '../../../src/adapters/text/drawn-spans.js'
import type { Finding } from '../../../src/results/findings.js'
import type { Prompt } from '../../../src/results/read/prompt.js'
import { loaded } from './loaded.js'
import { BERT_NER } from './model-folders.js'
import { predictContext, textItem } from './text-item.js'

function marked(shape: Prompt['shape'], labels: readonly string[] = ['Person']): Prompt {
  return {
    id: 'a',
    control: 'entity',
    object: 'text',
    labels,
    itemIndex: undefined,
    positive: true,
    text: undefined,
    shape,
  }
}

describe('what was marked', () => {
  const adapter = ner({ model: BERT_NER })
  let model: NerModel
  beforeAll(async () => {
    model = await loaded(adapter)
  })
  afterAll(() => adapter.dispose?.(model))

  const words = 'John Smith works at Acme Corp in Paris.'
  const ask = async (prompts: readonly Prompt[]) => {
    const [outcome] = await adapter.predict(
      [textItem({ kind: 'text', text: words }, { prompts })],
      predictContext(model),
    )
    if (outcome === undefined || outcome instanceof Error) throw outcome
    return outcome.map((span) => (span.kind === 'span' ? [span.label, words.slice(span.start, span.end)] : []))
  }

  test('is cut to the entity there, under the label that was chosen', async () => {
    expect(await ask([marked({ kind: 'span', start: 2, end: 7, unit: 'utf16' })])).toEqual([['Person', 'John Smith']])
    expect(await ask([marked({ kind: 'span', start: 2, end: 7, unit: 'utf16' }, [])])).toEqual([['PER', 'John Smith']])
  })

  test('over several entities brings each under its own', async () => {
    expect(await ask([marked({ kind: 'span', start: 5, end: 26, unit: 'utf16' })])).toEqual([
      ['PER', 'John Smith'],
      ['ORG', 'Acme Corp'],
    ])
  })

  test('beside every entity stays as it is', async () => {
    expect(await ask([marked({ kind: 'span', start: 11, end: 16, unit: 'utf16' })])).toEqual([])
  })
})

test('in a dialogue counts from the utterance in which it begins to the one in which it ends', () => {
  const span = (utterance: number, start: number, end: number): Finding => ({
    kind: 'span',
    label: 'PER',
    start,
    end,
    utterance,
  })
  const found = [span(0, 0, 4), span(0, 8, 12), span(1, 0, 4), span(2, 0, 4), span(2, 6, 8)]
  const across = marked({ kind: 'paragraph-span', utterance: 0, start: 6, endUtterance: 2, end: 5 })
  expect(touching(found, [across])).toEqual([found[1], found[2], found[3]])
  const within = marked({ kind: 'paragraph-span', utterance: 2, start: 5, end: 9 })
  expect(touching(found, [within])).toEqual([{ ...found[4], label: 'Person' }])
})
