import { describe, expect, it } from 'vitest'
import type { Adapter, Fills, Item, Outcome } from '../../../../src/adapters/adapter.js'
import { type AskRegionsOptions, askRegions, compose } from '../../../../src/adapters/compose/index.js'
import { defineAdapter } from '../../../../src/adapters/define-adapter.js'
import { PartlyFailed } from '../../../../src/adapters/partly-failed.js'
import { rules } from '../../../../src/adapters/rules/index.js'
import type { Finding } from '../../../../src/results/findings.js'
import { quietBackend, recordingLogger } from '../../../backend/harness.js'

const choices = (name: string, rest = '') =>
  `<Choices name="${name}" toName="text" ${rest}><Choice value="Long"/><Choice value="Short"/></Choices>`
const OBJECTS = {
  Text: '<Text name="text" value="$text"/><Labels name="entity" toName="text"><Label value="City"/><Label value="River"/></Labels>',
  HyperText:
    '<HyperText name="text" value="$text"/><HyperTextLabels name="entity" toName="text"><Label value="City"/></HyperTextLabels>',
  Paragraphs:
    '<Paragraphs name="text" value="$text" layout="dialogue"/><ParagraphLabels name="entity" toName="text"><Label value="City"/></ParagraphLabels>',
}
const config = (controls: string, object: keyof typeof OBJECTS = 'Text') => `<View>${OBJECTS[object]}${controls}</View>`
const LENGTH = choices('length', 'perRegion="true"')

const places = () =>
  rules({
    rules: [
      { label: 'City', terms: ['Oslo', 'São Paulo'] },
      { label: 'River', terms: ['Elbe'] },
    ],
  })

const wordsOf = ({ input }: Pick<Item, 'input'>): string => {
  if (input.kind === 'text') return input.text
  return input.kind === 'dialogue' ? input.utterances.map(({ author, text }) => `${author}: ${text}`).join('\n') : ''
}
const lengthOf = (item: Item): Finding[] => [
  { kind: 'classification', classes: [{ label: wordsOf(item).length > 5 ? 'long' : 'short', score: 0.75 }] },
]

/** Says how long words are, and keeps what it was asked. */
function measure(parts: Partial<Adapter<undefined, Fills>> & { of?: (item: Item) => Outcome } = {}) {
  const calls: (readonly Item[])[] = []
  const { of = lengthOf, ...rest } = parts
  const tags = Object.keys(OBJECTS)
  const adapter = defineAdapter<Fills, undefined>({
    name: 'measure',
    version: '1.0.0',
    fills: { Choices: tags, TextArea: tags },
    predict: (items) => {
      calls.push(items)
      return items.map(of)
    },
    ...rest,
  })
  return { adapter, calls, asked: () => calls.flat().map(wordsOf) }
}

async function predict(adapters: readonly Adapter[], xml: string, ...texts: unknown[]) {
  const { logger, entries } = recordingLogger()
  const backend = quietBackend({ adapters, logger })
  const tasks = texts.map((text, index) => ({ id: index + 1, data: { text } }))
  const answers = await backend.predict(tasks, { config: xml })
  await backend.dispose()
  return {
    results: answers.map(({ prediction }) => prediction?.result ?? []),
    answers,
    warnings: entries.filter(({ level }) => level === 'warn'),
  }
}

const asking = (ask: Adapter, rest: Partial<AskRegionsOptions> = {}) => askRegions({ find: places(), ask, ...rest })

describe('regions of a text', () => {
  it('are found by one adapter and asked about by the other, with their words', async () => {
    const { adapter, asked } = measure()
    const { results, answers } = await predict([asking(adapter)], config(LENGTH), 'From Oslo to São Paulo')
    expect(asked()).toEqual(['Oslo', 'São Paulo'])
    const oslo = { start: 5, end: 9, text: 'Oslo' }
    expect(results[0]).toMatchObject([
      { from_name: 'entity', type: 'labels', value: { ...oslo, labels: ['City'] } },
      { from_name: 'length', type: 'choices', value: { ...oslo, choices: ['Short'] }, score: 0.75 },
      { from_name: 'entity', value: { text: 'São Paulo' } },
      { from_name: 'length', value: { text: 'São Paulo', choices: ['Long'] } },
    ])
    const [one, two, three, four] = results[0]?.map((result) => ('id' in result ? result.id : undefined)) ?? []
    expect([one === two, three === four, one === three]).toEqual([true, true, false])
    expect(answers[0]?.issues).toEqual([])
  })

  it('may be those of a page or a dialogue, which are then asked about in the same form', async () => {
    const page = measure()
    const { results } = await predict([asking(page.adapter)], config(LENGTH, 'HyperText'), '<p>To <b>São</b> Paulo</p>')
    expect(page.asked()).toEqual(['São Paulo'])
    expect(results[0]).toMatchObject([{ type: 'hypertextlabels' }, { value: { choices: ['Long'], startOffset: 0 } }])

    const talk = measure()
    const dialogue = [
      { author: 'A', text: 'Where?' },
      { author: 'B', text: 'In Oslo' },
    ]
    const said = await predict([asking(talk.adapter)], config(LENGTH, 'Paragraphs'), dialogue)
    expect(talk.asked()).toEqual(['B: Oslo'])
    expect(said.results[0]).toMatchObject([{ type: 'paragraphlabels' }, { value: { start: '1', choices: ['Long'] } }])
  })

  it('are kept where their finder or the asked adapter leaves a control unfilled', async () => {
    const issue = (name: string) => ({ code: 'x', severity: 'error', path: `View/${name}`, message: name }) as const
    const found = { kind: 'span', label: 'City', start: 3, end: 7 } as const
    const finder = defineAdapter<Fills, undefined>({
      name: 'finder',
      version: '1.0.0',
      fills: { Labels: ['Text'] },
      predict: (items) => items.map(() => new PartlyFailed([found], [issue('found')])),
    })
    const { adapter } = measure({ of: (item) => new PartlyFailed(lengthOf(item), [issue('asked')]) })
    const { results, answers } = await predict([askRegions({ find: finder, ask: adapter })], config(LENGTH), 'To Oslo')
    expect(results[0]).toMatchObject([{ from_name: 'entity' }, { from_name: 'length', value: { choices: ['Short'] } }])
    expect(answers[0]?.issues).toMatchObject([{ message: 'found' }, { message: 'asked' }])
  })

  it('tell the adapter their label, their finding and what they lie in', async () => {
    const { adapter, calls } = measure()
    await predict([asking(adapter)], config(LENGTH), 'To Oslo')
    const [item] = calls.flat()
    expect(item?.region).toMatchObject({
      label: 'City',
      finding: { start: 3 },
      whole: { kind: 'text', text: 'To Oslo' },
    })
    expect(item?.controls.map(({ name }) => name)).toEqual(['length'])
    expect(item?.inputs).toEqual([{ object: item?.object, input: item?.input }])
  })

  it('are asked about in the batches of the adapter, over all tasks', async () => {
    const { adapter, calls } = measure({ batchSize: 3 })
    await predict([asking(adapter)], config(LENGTH), 'Oslo Oslo', 'Oslo São Paulo', 'Oslo')
    expect(calls.map(({ length }) => length)).toEqual([3, 2])
  })

  it('are not asked about where the project does not show them, or no control is asked of them', async () => {
    const { adapter, asked } = measure()
    const cities = choices('length', 'perRegion="true" whenLabelValue="City"')
    const strict = config(cities).replace('<Label value="City"/>', '<Label value="City" score_threshold="0.99"/>')
    await predict([asking(adapter)], config(cities).replace('<Label value="River"/>', ''), 'Elbe')
    await predict([asking(adapter)], config(cities), 'Elbe')
    expect(asked()).toEqual([])
    await predict([asking(adapter)], config(cities), 'Elbe Oslo')
    expect(asked()).toEqual(['Oslo'])
    const unsure: Finding = { kind: 'span', label: 'City', start: 0, end: 4, score: 0.5 }
    const find = { ...places(), predict: (items: readonly unknown[]) => items.map(() => [unsure]) }
    await predict([askRegions({ find, ask: adapter })], strict, 'Oslo')
    expect(asked()).toHaveLength(1)
  })

  it('are asked about up to a number, the surest first', async () => {
    const { adapter, asked } = measure()
    const fuzzy = rules({ rules: [{ label: 'City', terms: ['Stavanger'], maxEdits: 2 }] })
    const find = askRegions({ find: fuzzy, ask: adapter, maxRegions: 1 })
    const { results, warnings } = await predict([find], config(LENGTH), 'Stavangar Stavanger')
    expect(asked()).toEqual(['Stavanger'])
    expect(results[0]).toHaveLength(3)
    expect(warnings).toMatchObject([{ message: 'only the surest regions are asked about', fields: { regions: 2 } }])
  })
})

describe('controls', () => {
  it('of the whole text are left to others', async () => {
    const whole = choices('whole')
    const { adapter, asked } = measure()
    const report = await quietBackend({ adapters: [asking(adapter), adapter] }).report(config(LENGTH + whole))
    const filled = report.controls.map(({ control, filledBy }) => [control, ...filledBy.map((one) => one.adapter)])
    expect(filled).toEqual([
      ['entity', 'ask-regions'],
      ['length', 'ask-regions'],
      ['whole', 'measure'],
    ])
    const { results } = await predict([asking(adapter), adapter], config(LENGTH + whole), 'To Oslo')
    expect(results[0]?.map((result) => ('from_name' in result ? result.from_name : ''))).toEqual([
      'entity',
      'length',
      'whole',
    ])
    expect(asked().sort()).toEqual(['Oslo', 'To Oslo'])
  })

  it('that the answering adapter does not fill are refused with the reason', async () => {
    const { adapter } = measure({ fills: { Choices: ['HyperText'] } })
    const report = await quietBackend({ adapters: [asking(adapter)] }).report(config(LENGTH))
    expect(report.controls[1]?.refused).toEqual([
      {
        adapter: 'ask-regions',
        code: 'region-control',
        reason: 'measure answers no <Choices> about regions of <Text>',
      },
    ])
  })

  it('can be answered by several adapters, composed', async () => {
    const note = '<TextArea name="note" toName="text" perRegion="true"/>'
    const length = measure({ controls: ['length'] })
    const noted = measure({ name: 'note', of: () => [{ kind: 'text', text: 'a city' }], controls: ['note'] })
    const ask = compose({ adapters: [length.adapter, noted.adapter] })
    const { results } = await predict([asking(ask)], config(LENGTH + note), 'Oslo')
    expect(results[0]).toMatchObject([{}, { value: { choices: ['Short'] } }, { value: { text: ['a city'] } }])
  })

  it('go through the label maps of both adapters', async () => {
    const { adapter } = measure({ labelMap: { short: 'Long' } })
    const find = { ...places(), labelMap: { City: 'River' } }
    const { results } = await predict([askRegions({ find, ask: adapter })], config(LENGTH), 'Oslo')
    expect(results[0]).toMatchObject([{ value: { labels: ['River'] } }, { value: { choices: ['Long'] } }])
  })

  it('are filled beside other finders, in a composition', async () => {
    const { adapter } = measure()
    const more = { ...rules({ rules: [{ label: 'River', terms: ['Rhine'] }] }), name: 'more' }
    const both = compose({ adapters: [asking(adapter), more] })
    const { results } = await predict([both], config(LENGTH), 'Rhine Oslo')
    expect(results[0]).toMatchObject([
      { value: { labels: ['City'] } },
      { value: { choices: ['Short'] } },
      { value: { labels: ['River'] } },
    ])
  })
})

describe('failures', () => {
  const failing = (words: string) => (item: Item) => {
    if (wordsOf(item) === words) throw new Error(`cannot read ${words}`)
    return lengthOf(item)
  }

  it('leave only their own region without answers', async () => {
    const { adapter } = measure({ of: failing('Oslo') })
    const { results, warnings } = await predict([asking(adapter)], config(LENGTH), 'Oslo Elbe', 'Elbe')
    expect(results).toMatchObject([
      [{ value: { text: 'Oslo' } }, { value: { text: 'Elbe' } }, { value: { choices: ['Short'] } }],
      [{ value: { text: 'Elbe' } }, { value: { choices: ['Short'] } }],
    ])
    expect(warnings).toMatchObject([
      { message: 'a region has no answers', fields: { task: 1, message: 'cannot read Oslo' } },
    ])
  })

  it('of all regions fail the task, so that it is asked again', async () => {
    const { adapter } = measure({ of: failing('Oslo') })
    const { answers } = await predict([asking(adapter)], config(LENGTH), 'Oslo', 'Elbe')
    expect(answers[0]?.error).toMatchObject({ code: 'adapter-failed', message: expect.stringContaining('cannot read') })
    expect(answers[1]?.prediction?.result).toHaveLength(2)
  })

  it('of a number of outcomes are those of each region', async () => {
    const { adapter } = measure({ predict: () => [] })
    const { answers } = await predict([asking(adapter)], config(LENGTH), 'Oslo')
    expect(answers[0]?.error).toMatchObject({ code: 'adapter-outcome-count' })
  })
})

describe('options', () => {
  const { adapter } = measure()
  it.each<[string, () => unknown, string]>([
    ['a finder that answers itself', () => askRegions({ find: asking(adapter), ask: adapter }), 'askRegions.find'],
    ['an answerer of drawings alone', () => asking({ ...adapter, answers: 'prompts' }), 'askRegions.ask'],
    [
      'a misspelled name',
      () => askRegions({ find: places(), asks: adapter, ask: adapter } as AskRegionsOptions),
      'askRegions.asks',
    ],
  ])('refuse %s', (_, make, path) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-options', path }))
  })
})
