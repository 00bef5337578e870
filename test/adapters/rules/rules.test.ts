import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RulesOptions, rules } from '../../../src/adapters/rules/index.js'
import type { Prompt } from '../../../src/results/read/prompt.js'
import { controlTag, predictContext, textItem } from '../text/text-item.js'

type Rule = RulesOptions['rules'][number]

/** What the rules find in a text, as `label: words`. */
async function find(text: string, given: readonly Rule[], options: Partial<RulesOptions> = {}): Promise<string[]> {
  const adapter = rules({ rules: [...given], ...options })
  const [outcome] = await adapter.predict([textItem({ kind: 'text', text })], predictContext(undefined))
  if (outcome === undefined || outcome instanceof Error) throw outcome
  return outcome.map((finding) =>
    finding.kind === 'span' ? `${finding.label}: ${text.slice(finding.start, finding.end)}` : finding.kind,
  )
}

describe('terms', () => {
  test.each([
    ['We met in PARIS, not in Parison.', ['City: PARIS']],
    ['👩‍👩‍👧 from São Paulo 🇧🇷, Sa\u0303o Paulo', ['City: São Paulo', 'City: Sa\u0303o Paulo']],
    ['New\r\n  York and New York', ['City: New\r\n  York', 'City: New York']],
    ['我住在東京都', ['City: 東京']],
    ['İstanbul', ['City: İstanbul']],
    ['', []],
    ['nothing', []],
  ])('%j', async (text, found) => {
    const terms = ['Paris', 'São Paulo', 'New York', 'York', '東京', 'İstanbul']
    expect(await find(text, [{ label: 'City', terms }])).toEqual(found)
  })

  test('inside words and by case when asked for', async () => {
    const text = 'Parison paris'
    expect(await find(text, [{ label: 'City', terms: ['Paris'], wholeWords: false }])).toEqual([
      'City: Paris',
      'City: paris',
    ])
    expect(await find(text, [{ label: 'City', terms: ['paris'], caseSensitive: true }])).toEqual(['City: paris'])
  })

  test('that overlap: the longest stays, or all', async () => {
    const both: Rule[] = [
      { label: 'City', terms: ['York', 'New York'] },
      { label: 'State', terms: ['New York', 'New York State'] },
    ]
    expect(await find('New York State', both)).toEqual(['State: New York State'])
    expect(await find('New York State', both, { overlaps: 'all' })).toEqual([
      'City: New York',
      'State: New York State',
      'City: York',
    ])
  })

  test('stand where they are found, in any text', async () => {
    const parts = fc.constantFrom('Oslo', 'OSLO', ' ', '.', 'é', '👩‍👩‍👧', 'x', '\u0301', '漢')
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { maxLength: 20 }), async (words) => {
        const found = await find(words.join(''), [{ label: 'City', terms: ['Oslo'] }])
        expect(found.every((one) => one.toLowerCase() === 'city: oslo')).toBe(true)
      }),
    )
  })
})

describe('patterns', () => {
  test('match with their group, case folded unless it counts', async () => {
    expect(await find('ID: ab-12, AB-7', [{ label: 'Id', pattern: 'AB-(\\d+)', group: 1 }])).toEqual([
      'Id: 12',
      'Id: 7',
    ])
    expect(await find('ID: ab-12, AB-7', [{ label: 'Id', pattern: 'AB-\\d+', caseSensitive: true }])).toEqual([
      'Id: AB-7',
    ])
  })

  test('keep their places behind emoji and line ends', async () => {
    expect(await find('👍🏽\r\nmail a@b.co', [{ label: 'Mail', pattern: '\\w+@[\\w.]+' }])).toEqual(['Mail: a@b.co'])
  })

  test('of whole words only when asked for', async () => {
    expect(await find('x12 34', [{ label: 'N', pattern: '\\d\\d', wholeWords: true }])).toEqual(['N: 34'])
  })

  test('empty matches are none', async () => {
    expect(await find('abc', [{ label: 'X', pattern: 'x*' }])).toEqual([])
  })

  test('that would make a backtracking engine hang are done at once', async () => {
    expect(await find(`${'a'.repeat(50_000)}b`, [{ label: 'X', pattern: '(a+)+$' }])).toEqual([])
  })

  test('whose searches add up are stopped', async () => {
    const search = find('a'.repeat(200_000), [{ label: 'X', pattern: 'a.*b|a' }], { maxMilliseconds: 50 })
    await expect(search).rejects.toMatchObject({ code: 'rule-too-slow' })
  })

  test.each([
    [{ label: 'X', pattern: '(?=x)' }],
    [{ label: 'X', pattern: '(' }],
    [{ label: 'X', pattern: 'x', group: 1 }],
  ])('that cannot be used are refused: %o', (rule) => {
    expect(() => rules({ rules: [rule] })).toThrow(expect.objectContaining({ code: 'invalid-pattern' }))
  })
})

describe('inexact terms', () => {
  const drug: Rule = { label: 'Drug', terms: ['ibuprofen', 'folic acid'], maxEdits: 2 }

  test.each([
    ['took ibuprofen today', ['Drug: ibuprofen']],
    ['took an ibuprofin, twice', ['Drug: ibuprofin']],
    ['Ibuproofen and folc acid', ['Drug: Ibuproofen', 'Drug: folc acid']],
    ['took ibprfn', []],
    ['', []],
  ])('%j', async (text, found) => {
    expect(await find(text, [drug])).toEqual(found)
  })

  test('score falls with the edits', async () => {
    const adapter = rules({ rules: [drug] })
    const outcomes = await adapter.predict([textItem({ kind: 'text', text: 'ibuprofin' })], predictContext(undefined))
    expect(outcomes).toEqual([[{ kind: 'span', label: 'Drug', start: 0, end: 9, score: 1 - 1 / 9 }]])
  })

  test('too short for their edits are refused', () => {
    expect(() => rules({ rules: [{ label: 'X', terms: ['abcd'], maxEdits: 2 }] })).toThrow(
      expect.objectContaining({ code: 'invalid-options' }),
    )
  })
})

test('choices get the classes that were found, the most frequent first', async () => {
  const adapter = rules({
    rules: [
      { label: 'City', terms: ['Oslo'] },
      { label: 'Food', terms: ['soup', 'bread'] },
    ],
  })
  const item = textItem({ kind: 'text', text: 'Bread and soup in Oslo' }, { controls: [controlTag('Choices')] })
  const none = textItem({ kind: 'text', text: 'Nothing' }, { controls: [controlTag('Choices')] })
  expect(await adapter.predict([item, none], predictContext(undefined))).toEqual([
    [
      {
        kind: 'classification',
        classes: [
          { label: 'Food', score: 1 },
          { label: 'City', score: 1 },
        ],
      },
    ],
    [],
  ])
})

test('dialogues are searched utterance by utterance', async () => {
  const adapter = rules({ rules: [{ label: 'City', terms: ['Oslo'] }] })
  const item = textItem({ kind: 'dialogue', utterances: [{ text: 'Hi' }, { text: 'in Oslo' }] })
  expect(await adapter.predict([item], predictContext(undefined))).toEqual([
    [{ kind: 'span', label: 'City', start: 3, end: 7, score: 1, utterance: 1 }],
  ])
})

describe('in interactive mode', () => {
  const adapter = rules({ rules: [] })
  const text = '👍 Acme met acme, not Acmes; Acme.'

  const marked = (shape: Prompt['shape'], values: Partial<Prompt> = {}): Prompt => ({
    id: 'a',
    control: 'ner',
    object: 'text',
    labels: ['ORG'],
    itemIndex: undefined,
    positive: true,
    text: undefined,
    ...values,
    shape,
  })

  test('what was marked is proposed wherever it stands, with its labels', async () => {
    const item = textItem(
      { kind: 'text', text },
      { prompts: [marked({ kind: 'span', start: 3, end: 7, unit: 'utf16' })] },
    )
    const span = { kind: 'span', label: 'ORG' }
    expect(await adapter.predict([item], predictContext(undefined))).toEqual([
      [
        { ...span, start: 3, end: 7 },
        { ...span, start: 12, end: 16 },
        { ...span, start: 29, end: 33 },
      ],
    ])
  })

  test('in a dialogue in every utterance, over several by the words that the editor quotes', async () => {
    const said = [{ text: 'Acme' }, { text: 'about Acme' }]
    const within = marked({ kind: 'paragraph-span', utterance: 1, start: 6, endUtterance: 1, end: 10 })
    const across = marked({ kind: 'paragraph-span', utterance: 0, start: 0, endUtterance: 1, end: 5 }, { text: 'Acme' })
    const items = [within, across].map((one) => textItem({ kind: 'dialogue', utterances: said }, { prompts: [one] }))
    const found = [
      { kind: 'span', label: 'ORG', start: 0, end: 4, utterance: 0 },
      { kind: 'span', label: 'ORG', start: 6, end: 10, utterance: 1 },
    ]
    expect(await adapter.predict(items, predictContext(undefined))).toEqual([found, found])
  })

  test('what holds no words or has no label proposes nothing', async () => {
    const prompts = [
      marked({ kind: 'span', start: 2, end: 2, unit: 'utf16' }),
      marked({ kind: 'span', start: 900, end: 904, unit: 'codePoint' }),
      marked({ kind: 'span', start: 3, end: 7, unit: 'utf16' }, { labels: [] }),
    ]
    expect(await adapter.predict([textItem({ kind: 'text', text }, { prompts })], predictContext(undefined))).toEqual([
      [],
    ])
  })
})

test('bad texts fail alone', async () => {
  const adapter = rules({ rules: [{ label: 'City', terms: ['Oslo'] }], maxCharacters: 100 })
  const long = textItem({ kind: 'text', text: 'Oslo '.repeat(100) })
  const wrong = textItem({ kind: 'text', text: JSON.parse('{}') })
  const good = textItem({ kind: 'text', text: 'Oslo' })
  const outcomes = await adapter.predict([long, wrong, good], predictContext(undefined))
  expect(outcomes).toMatchObject([{ code: 'text-too-long' }, { code: 'text-expected' }, [{ label: 'City' }]])
})

test('words of two blocks of a page are not one word', async () => {
  const html = '<p>Oslo</p><p>Bergen</p>'
  const adapter = rules({
    rules: [
      { label: 'City', terms: ['Oslo', 'Bergen'] },
      { label: 'X', pattern: 'oB' },
    ],
  })
  const outcomes = await adapter.predict(
    [textItem({ kind: 'text', text: 'OsloBergen', html })],
    predictContext(undefined),
  )
  expect(outcomes).toMatchObject([
    [
      { label: 'City', start: 0, end: 4 },
      { label: 'City', start: 4, end: 10 },
    ],
  ])
})
