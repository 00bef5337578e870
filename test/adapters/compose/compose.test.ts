import { describe, expect, test } from 'vitest'
import type { Adapter, Fills, Item, ModelInfo, Outcome } from '../../../src/adapters/adapter.js'
import { compose } from '../../../src/adapters/compose/index.js'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import { ner } from '../../../src/adapters/ner/index.js'
import { PartlyFailed } from '../../../src/adapters/partly-failed.js'
import { rules } from '../../../src/adapters/rules/index.js'
import type { LabelOption } from '../../../src/config/labeling-config.js'
import type { Detection, Span } from '../../../src/results/findings.js'
import type { Prompt } from '../../../src/results/read/prompt.js'
import { loaded } from '../text/loaded.js'
import { BERT_NER } from '../text/model-folders.js'
import { controlTag, predictContext, textItem } from '../text/text-item.js'

interface Parts {
  readonly name?: string
  readonly fills?: Fills
  readonly info?: ModelInfo
  readonly labelMap?: Record<string, string | null>
}

/** An adapter that always says the same. */
function saying(outcome: Outcome, parts: Parts = {}): Adapter<undefined, Fills> {
  const { name = 'fixed', fills = { Labels: ['Text'], Choices: ['Text'] }, info, labelMap } = parts
  return defineAdapter<Fills, undefined>({
    name,
    version: '1.0.0',
    fills,
    ...(labelMap === undefined ? {} : { labelMap }),
    ...(info === undefined ? {} : { inspect: () => info }),
    predict: (items) => items.map(() => outcome),
  })
}

const span = (label: string, start: number, end: number, score = 0.5): Span => ({
  kind: 'span',
  label,
  start,
  end,
  score,
})
const item = textItem({ kind: 'text', text: 'x'.repeat(50) }, { controls: [controlTag('Labels')] })

async function answer(adapter: Adapter<readonly unknown[], Fills>, asked = item): Promise<Outcome | undefined> {
  const [outcome] = await adapter.predict([asked], predictContext(await loaded(adapter)))
  return outcome
}

describe('findings that name their control', () => {
  const both = textItem(item.input, { controls: [controlTag('Labels', { name: 'people' }), controlTag('Choices')] })
  const named = (name: string, ...found: Span[]) => saying(found.map((one) => ({ ...one, control: name })))

  test('are held against those that name none', async () => {
    const [first, second] = [saying([span('PER', 0, 10)]), named('people', span('PER', 0, 9, 0.4), span('ORG', 20, 30))]
    expect(await answer(compose({ adapters: [first, second], merge: 'union' }), both)).toEqual([
      { ...span('PER', 0, 10), control: 'people' },
      { ...span('ORG', 20, 30), control: 'people' },
    ])
    expect(await answer(compose({ adapters: [first, second], merge: 'vote' }), both)).toHaveLength(1)
    const longer = named('people', span('ORG', 5, 30))
    expect(await answer(compose({ adapters: [first, longer], merge: 'priority' }), both)).toEqual([
      { ...span('PER', 0, 10), control: 'people' },
    ])
  })

  test('make one answer of classes with those that name none', async () => {
    const classes = (label: string, score: number) => ({
      kind: 'classification' as const,
      classes: [{ label, score }],
    })
    const adapters = [saying([classes('a', 0.5)]), saying([{ ...classes('b', 0.7), control: 'control' }])]
    expect(await answer(compose({ adapters }), both)).toEqual([
      {
        kind: 'classification',
        control: 'control',
        classes: [
          { label: 'b', score: 0.7 },
          { label: 'a', score: 0.5 },
        ],
      },
    ])
  })

  test('are those of an adapter that fills some of the controls alone', async () => {
    const controls = [controlTag('Labels', { name: 'people' }), controlTag('Labels', { name: 'places' })]
    const asked = textItem(item.input, { controls })
    const some = { ...saying([span('Paris', 0, 5)]), controls: ['people'] }
    const rest = { ...saying([span('Paris', 8, 13)]), controls: ['places'] }
    expect(await answer(compose({ adapters: [some, rest] }), asked)).toEqual([
      { ...span('Paris', 0, 5), control: 'people' },
      { ...span('Paris', 8, 13), control: 'places' },
    ])
  })
})

describe('spans', () => {
  const a = saying([span('PER', 0, 10, 0.9), span('LOC', 20, 25, 0.4)])
  const b = saying([span('PER', 0, 8, 0.7), span('ORG', 22, 30, 0.8), span('LOC', 40, 45)])
  const c = saying([span('PER', 1, 10, 0.8), span('ORG', 22, 30, 0.6)])

  test('union: everything, the same thing once, as the surest sees it', async () => {
    expect(await answer(compose({ adapters: [a, b, c] }))).toEqual([
      span('PER', 0, 10, 0.9),
      span('LOC', 20, 25, 0.4),
      span('ORG', 22, 30, 0.8),
      span('LOC', 40, 45),
    ])
  })

  test('priority: what touches an earlier adapter’s span is left out', async () => {
    expect(await answer(compose({ adapters: [a, b], merge: 'priority' }))).toEqual([
      span('PER', 0, 10, 0.9),
      span('LOC', 20, 25, 0.4),
      span('LOC', 40, 45),
    ])
  })

  test('vote: what most find, with the mean of their scores', async () => {
    expect(await answer(compose({ adapters: [a, b, c], merge: 'vote' }))).toEqual([
      span('PER', 0, 10, expect.closeTo(0.8, 9)),
      span('ORG', 22, 30, expect.closeTo(0.7, 9)),
    ])
    expect(await answer(compose({ adapters: [a, b, c], merge: 'vote', minVotes: 3 }))).toHaveLength(1)
  })

  test('longest: of those that touch, whatever their class', async () => {
    expect(await answer(compose({ adapters: [a, b], merge: 'longest' }))).toEqual([
      span('PER', 0, 10, 0.9),
      span('ORG', 22, 30, 0.8),
      span('LOC', 40, 45),
    ])
  })

  test('of different utterances have nothing in common', async () => {
    const first = saying([{ ...span('PER', 0, 5), utterance: 0 }])
    const second = saying([{ ...span('PER', 0, 5), utterance: 1 }])
    expect(await answer(compose({ adapters: [first, second], merge: 'longest' }))).toHaveLength(2)
  })
})

describe('boxes', () => {
  const box = (label: string, x: number, score: number): Detection => ({
    kind: 'detection',
    label,
    score,
    box: { x, y: 0, width: 10, height: 10 },
  })
  const a = saying([box('Car', 0, 0.6), box('Car', 3, 0.5)])
  const b = saying([box('Car', 1, 0.8), box('Bus', 1, 0.7)])

  test('are the same by intersection over union; one adapter’s own boxes are never merged', async () => {
    expect(await answer(compose({ adapters: [a, b] }))).toEqual([box('Car', 1, 0.8), box('Bus', 1, 0.7)])
    expect(await answer(compose({ adapters: [a, b], minOverlap: 0.9 }))).toHaveLength(4)
  })

  test('of another unit are other boxes', async () => {
    const fraction = saying([{ ...box('Car', 0, 0.6), unit: 'fraction', box: { x: 0, y: 0, width: 10, height: 10 } }])
    expect(await answer(compose({ adapters: [a, fraction] }))).toHaveLength(3)
  })
})

describe('classes', () => {
  const says = (...classes: [string, number][]) =>
    saying([{ kind: 'classification', classes: classes.map(([label, score]) => ({ label, score })) }])
  const adapters = [says(['good', 0.6]), says(['bad', 0.9]), says(['good', 0.7], ['fast', 0.55])]

  test.each([
    [
      'union',
      [
        { label: 'bad', score: 0.9 },
        { label: 'good', score: 0.7 },
        { label: 'fast', score: 0.55 },
      ],
    ],
    [
      'longest',
      [
        { label: 'bad', score: 0.9 },
        { label: 'good', score: 0.7 },
        { label: 'fast', score: 0.55 },
      ],
    ],
    ['priority', [{ label: 'good', score: 0.6 }]],
    ['vote', [{ label: 'good', score: expect.closeTo(0.65, 9) }]],
  ] as const)('%s: one classification', async (merge, classes) => {
    expect(await answer(compose({ adapters, merge }))).toEqual([{ kind: 'classification', classes }])
  })
})

test('texts that differ are all kept by union, the first by priority', async () => {
  const adapters = [
    saying([{ kind: 'text', text: 'a' }]),
    saying([{ kind: 'text', text: 'b' }]),
    saying([{ kind: 'text', text: 'a' }]),
  ]
  expect(await answer(compose({ adapters }))).toEqual([
    { kind: 'text', text: 'a' },
    { kind: 'text', text: 'b' },
  ])
  expect(await answer(compose({ adapters, merge: 'priority' }))).toEqual([{ kind: 'text', text: 'a' }])
  expect(await answer(compose({ adapters, merge: 'vote' }))).toEqual([{ kind: 'text', text: 'a' }])
})

test('nodes of a tree keep their paths, and a label alone is the one node that ends with it', async () => {
  const node = (path: string[], score: number) => ({ label: path.at(-1) ?? '', path, score })
  const a = saying([{ kind: 'classification', classes: [node(['EU', 'Capital'], 0.4), node(['US', 'Capital'], 0.3)] }])
  const b = saying([{ kind: 'classification', classes: [node(['EU', 'Capital'], 0.8), { label: 'Park', score: 0.6 }] }])
  const c = saying([{ kind: 'classification', classes: [node(['US', 'Park'], 0.2)] }])
  const adapters = [a, b, c]
  expect(await answer(compose({ adapters }))).toEqual([
    {
      kind: 'classification',
      classes: [node(['EU', 'Capital'], 0.8), node(['US', 'Park'], 0.6), node(['US', 'Capital'], 0.3)],
    },
  ])
  const voted = [node(['EU', 'Capital'], expect.closeTo(0.6, 9)), node(['US', 'Park'], expect.closeTo(0.4, 9))]
  expect(await answer(compose({ adapters, merge: 'vote', minVotes: 2 }))).toEqual([
    { kind: 'classification', classes: voted },
  ])
})

describe('class names', () => {
  test('pass each member’s own label map', async () => {
    const a = saying([span('PER', 0, 5), span('MISC', 9, 12)], { labelMap: { PER: 'Person', MISC: null } })
    const b = saying([span('Person', 0, 5, 0.7)])
    expect(await answer(compose({ adapters: [a, b] }))).toEqual([span('Person', 0, 5, 0.7)])
  })

  test('that mean one label of the config count as one', async () => {
    const person: LabelOption = {
      label: 'Person',
      value: 'Person',
      predictedValues: ['PER', 'GIVEN_NAME'],
      attributes: {},
      children: [],
      position: { line: 1, column: 1, offset: 0 },
    }
    const asked = textItem(item.input, { controls: [controlTag('Labels', { options: [person], labels: ['Person'] })] })
    const adapters = [saying([span('PER', 0, 5, 0.6)]), saying([span('GIVEN_NAME', 0, 5, 0.8)])]
    expect(await answer(compose({ adapters }), asked)).toEqual([span('GIVEN_NAME', 0, 5, 0.8)])
  })
})

describe('members', () => {
  test('are asked only about controls that they can fill', async () => {
    const labels = saying([span('PER', 0, 5)], { fills: { Labels: ['Text'] } })
    const choices = saying(new Error('must not be asked'), { fills: { Choices: ['Text'] } })
    const adapter = compose({ adapters: [labels, choices] })
    expect(adapter.fills).toEqual({ Labels: ['Text'], Choices: ['Text'] })
    expect(await answer(adapter)).toEqual([span('PER', 0, 5)])
  })

  test('answer what was drawn where they say so, and tasks where they say so', async () => {
    const prompt: Prompt = {
      id: 'a',
      control: 'control',
      object: 'text',
      labels: ['PER'],
      itemIndex: undefined,
      positive: true,
      shape: { kind: 'span', unit: 'utf16', start: 0, end: 5 },
      text: 'xxxxx',
    }
    const drawn = textItem(item.input, { controls: [controlTag('Labels')], prompts: [prompt] })
    const spans = { ...saying([span('PER', 0, 5)]), prompts: ['span' as const] }
    const boxes = { ...saying([span('ORG', 0, 5)]), prompts: ['rectangle' as const] }
    const tasks = { ...saying([span('LOC', 0, 5)]), answers: 'tasks' as const }
    const plain = saying([span('MISC', 0, 5)])
    const all = compose({ adapters: [spans, boxes, tasks, plain] })
    expect(all).toMatchObject({ prompts: ['span', 'rectangle'] })
    expect(await answer(all, drawn)).toEqual([span('PER', 0, 5)])
    expect(await answer(compose({ adapters: [boxes, tasks, plain] }), drawn)).toEqual([span('MISC', 0, 5)])
    expect(await answer(compose({ adapters: [spans, { ...plain, answers: 'prompts' }, tasks] }))).toHaveLength(2)
    expect(compose({ adapters: [tasks] })).toMatchObject({ answers: 'tasks' })
  })

  test('count what they have paid together', () => {
    const paid = { ...saying([]), usage: () => ({ requests: 2, cost: 0.5, inputTokens: 10 }) }
    expect(compose({ adapters: [paid, saying([]), paid] }).usage?.()).toMatchObject({
      requests: 4,
      cost: 1,
      inputTokens: 20,
    })
    expect(compose({ adapters: [saying([])] })).not.toHaveProperty('usage')
  })

  test('that fail fail the task, or are passed over', async () => {
    const broken = saying(new Error('no'))
    const fine = saying([span('PER', 0, 5)])
    expect(await answer(compose({ adapters: [broken, fine] }))).toMatchObject({ message: 'no' })
    expect(await answer(compose({ adapters: [broken, fine], onFailure: 'ignore' }))).toEqual([span('PER', 0, 5)])
    expect(await answer(compose({ adapters: [broken, broken], onFailure: 'ignore' }))).toBeInstanceOf(Error)
  })

  test('fail for one item alone, though it takes a whole call along', async () => {
    const picky = {
      ...saying([span('PER', 0, 5)]),
      predict(items: readonly Item[]) {
        if (items.some(({ task }) => task.id === 2)) throw new Error('cannot read this')
        return items.map(() => [span('PER', 0, 5)])
      },
    }
    const items = [1, 2, 3].map((id) => ({ ...item, task: { ...item.task, id } }))
    const both = compose({ adapters: [picky, saying([])] })
    expect(await both.predict(items, predictContext(await loaded(both)))).toEqual([
      [span('PER', 0, 5)],
      expect.objectContaining({ message: 'cannot read this' }),
      [span('PER', 0, 5)],
    ])
  })

  test('that give too few outcomes, or something else, fail the task', async () => {
    const short = { ...saying([]), predict: () => [] }
    expect(await answer(compose({ adapters: [short, saying([])] }))).toMatchObject({ code: 'adapter-outcome-count' })
    const wrong = { ...saying([]), predict: (): Outcome[] => JSON.parse('[null]') }
    expect(await answer(compose({ adapters: [wrong, saying([])] }))).toMatchObject({ code: 'adapter-outcome-invalid' })
  })

  test('that could not fill a control lose nothing else', async () => {
    const issue = {
      code: 'model-missing',
      severity: 'error',
      path: 'View/Labels[b]',
      message: 'b is left out',
    } as const
    const partly = saying(new PartlyFailed([span('PER', 0, 5)], [issue]), { labelMap: { PER: 'Person' } })
    const outcome = await answer(compose({ adapters: [partly, saying([span('ORG', 10, 20)])] }))
    expect(PartlyFailed.isInstance(outcome) && outcome).toMatchObject({
      findings: [span('Person', 0, 5), span('ORG', 10, 20)],
      issues: [issue],
    })
  })

  test('tell together what they know', async () => {
    const a = saying([], {
      name: 'a',
      info: { classes: ['PER'], kinds: ['span'], fingerprint: '1', summary: 'one' },
      labelMap: { PER: 'P' },
    })
    const b = saying([], { name: 'b', info: { classes: ['P', 'LOC'], kinds: ['span'], fingerprint: '2' } })
    const open = saying([])
    const info = await compose({ adapters: [a, b] }).inspect?.()
    expect(info).toMatchObject({ classes: ['P', 'LOC'], kinds: ['span'], summary: 'one + b' })
    expect(info?.fingerprint).not.toBe((await compose({ adapters: [b, a] }).inspect?.())?.fingerprint)
    expect(await compose({ adapters: [a, open] }).inspect?.()).not.toHaveProperty('classes')
  })

  test('that loaded are freed when a later one does not load', async () => {
    const freed: string[] = []
    const first = defineAdapter<Fills, string>({
      name: 'first',
      version: '1',
      fills: { Labels: ['Text'] },
      load: () => 'model',
      predict: () => [],
      dispose: (model) => {
        freed.push(model)
      },
    })
    const second = ner({ model: 'no/such/folder' })
    await expect(loaded(compose({ adapters: [first, second] }))).rejects.toMatchObject({
      code: 'model-folder-not-found',
    })
    expect(freed).toEqual(['model'])
  })

  test.each([
    [{ adapters: [] }, 'compose.adapters'],
    [{ adapters: [saying([])], minVotes: 2 }, 'compose.minVotes'],
    [{ adapters: [{ ...saying([]), scope: 'task' as const }, saying([])] }, 'compose.adapters'],
  ])('that cannot be composed are refused: %#', (options, path) => {
    expect(() => compose(options)).toThrow(expect.objectContaining({ code: 'invalid-options', path }))
  })
})

test('a model and rules together', async () => {
  const adapter = compose({
    adapters: [rules({ rules: [{ label: 'LOC', pattern: 'Paris\\W+France' }] }), ner({ model: BERT_NER, threads: 1 })],
    merge: 'priority',
  })
  const text = 'John Smith works at Acme Corp in Paris, France.'
  const outcome = await answer(adapter, textItem({ kind: 'text', text }, { controls: [controlTag('Labels')] }))
  const found = outcome instanceof Error || outcome === undefined ? [] : outcome
  expect(found.map((one) => (one.kind === 'span' ? `${one.label} ${text.slice(one.start, one.end)}` : ''))).toEqual([
    'LOC Paris, France',
    'PER John Smith',
    'ORG Acme Corp',
  ])
})
