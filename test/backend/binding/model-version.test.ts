import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import { isCosmetic } from '../../../src/backend/binding/cosmetic-attributes.js'
import type { Finding } from '../../../src/results/findings.js'
import { quietBackend, TONE, toneAdapter } from '../harness.js'
import { attributesReadBy } from './attributes-read.js'

describe('the model version', () => {
  const version = async (adapter: Parameters<typeof toneAdapter>[0], config = TONE, name?: string) => {
    const options = { adapters: [toneAdapter(adapter)], ...(name === undefined ? {} : { name }) }
    return (await quietBackend(options).report(config)).modelVersion
  }

  it('is the same in each process for the same things', async () => {
    expect(await version({ options: { a: 1, b: { c: 2, d: 3 } } })).toBe(
      await version({ options: { b: { d: 3, c: 2 }, a: 1 } }),
    )
    expect(await version({})).toBe('tone-37f65628')
  })

  it.each([
    ['the adapter', { version: '1.0.1' }],
    ['its options', { options: { threshold: 0.5 } }],
    ['its label map', { labelMap: { good: 'Positive' } }],
    ['the weights', { inspect: () => ({ fingerprint: 'abc' }) }],
    ['the classes', { inspect: () => ({ classes: ['Positive'] }) }],
  ])('changes with %s', async (_, adapter) => {
    expect(await version(adapter)).not.toBe(await version({}))
  })

  it.each([
    ['a label', TONE.replace('Negative', 'Neutral')],
    ['what a label is predicted from', TONE.replace('value="Negative"', 'value="Negative" predicted_values="bad"')],
    ['a hint that a prompt may use', TONE.replace('value="Negative"', 'value="Negative" hint="angry or sad"')],
    ['the field', TONE.replace('$text', '$body')],
    ['a name', TONE.replace('name="tone"', 'name="mood"')],
    ['what is asked of it', TONE.replace('toName="message"', 'toName="message" choice="multiple"')],
  ])('changes with %s in the config', async (_, config) => {
    expect(await version({}, config)).not.toBe(await version({}))
  })

  it.each([
    ['colours and keys', TONE.replace('value="Negative"', 'value="Negative" background="red" hotkey="n"')],
    ['white space', TONE.replaceAll('\n', ' ')],
    [
      'what no adapter fills',
      TONE.replace('</View>', '<TextArea name="note" toName="message"/><Header value="Hi"/></View>'),
    ],
  ])('stays the same with other %s', async (_, config) => {
    expect(await version({}, config)).toBe(await version({}))
  })

  it('begins with a name that can be chosen', async () => {
    expect(await version({}, TONE, 'tickets')).toBe('tickets-37f65628')
  })
})

describe('attributes in the model version', () => {
  const PAGE = `<View>
    <Image name="i" value="$i"/>
    <RectangleLabels name="r" toName="i"><Label value="A" background="red"/><Label value="B"/></RectangleLabels>
    <Text name="t" value="$t"/>
    <TextArea name="a" toName="t"/>
  </View>`
  const adapter = defineAdapter({
    name: 'toy',
    version: '1.0.0',
    fills: { RectangleLabels: ['Image'], TextArea: ['Text'] },
    predict: (items) => items.map(() => []),
  })
  const version = async (config: string) => (await quietBackend({ adapters: [adapter] }).report(config)).modelVersion
  const given = (tag: string, attribute: string) => PAGE.replace(`<${tag} `, `<${tag} ${attribute} `)

  it.each([
    ['the order of those of a control', PAGE.replace('name="r" toName="i"', 'toName="i" name="r"')],
    ['the order of those of an object', PAGE.replace('name="i" value="$i"', 'value="$i" name="i"')],
    ['the order of those of a label', PAGE.replace('value="A" background="red"', 'background="red" value="A"')],
    ['grid', given('Image', 'grid="true" gridColor="red"')],
    ['smoothing', given('Image', 'smoothing="false"')],
    ['crosshair', given('Image', 'crosshair="true"')],
    ['alignment', given('Image', 'horizontalAlignment="center" verticalAlignment="top"')],
    ['crossOrigin', given('Image', 'crossOrigin="use-credentials"')],
    ['the colour of a selected label', given('Label', 'selectedColor="red"')],
    ['how an alias is shown', given('Label', 'showAlias="true" aliasStyle="opacity:0.6"')],
    ['when a control is shown', given('TextArea', 'visibleWhen="region-selected"')],
  ])('do not count: %s', async (_, config) => {
    expect(await version(config)).toBe(await version(PAGE))
  })

  it.each([
    ['a placeholder, which a prompt may use', given('TextArea', 'placeholder="A summary in one sentence"')],
    ['a hint, which a prompt may use', given('Label', 'hint="a person"')],
    ['whether text is said', given('Text', 'saveTextResult="no"')],
    ['a threshold', given('RectangleLabels', 'model_score_threshold="0.5"')],
    ['what nobody knows', given('RectangleLabels', 'mine="1"')],
    [
      'what a <Repeater> goes through',
      PAGE.replace('<Text', '<Repeater on="$b"><Text').replace('</View>', '</Repeater></View>'),
    ],
    ['the label of another', given('Label', 'predicted_values="b"')],
  ])('count: %s', async (_, config) => {
    expect(await version(config)).not.toBe(await version(PAGE))
  })

  it('count whenever the library reads them for a prediction', () => {
    const root = resolve(import.meta.dirname, '../../../src')
    const sources = ['results', 'adapters', 'backend/predict'].flatMap((room) =>
      readdirSync(resolve(root, room), { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file}`),
    )
    const options = ['control', 'object', 'options'].map((what) => `config/read/read-${what}.ts`)
    const read = [...sources, ...options]
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...attributesReadBy(resolve(root, file))].map((attribute) => ({ attribute, file })))
    expect(read.map(({ attribute }) => attribute)).toEqual(
      expect.arrayContaining(['allowNested', 'saveTextResult', 'placeholder', 'encoding', 'nameKey', 'max', 'hint']),
    )
    expect(read.filter(({ attribute }) => isCosmetic(attribute))).toEqual([])
  })

  it('give other answers from then on, not those that were kept', async () => {
    const found: Finding[] = [
      { kind: 'classification', classes: [{ label: 'Positive' }] },
      { kind: 'span', label: 'Name', start: 0, end: 3 },
    ]
    const fills = { Choices: ['Text'], Labels: ['Text'] }
    const both = defineAdapter({ name: 'both', version: '1', fills, predict: (items) => items.map(() => found) })
    const backend = quietBackend({ adapters: [both] })
    const config = TONE.replace('</View>', '<Labels name="l" toName="message"><Label value="Name"/></Labels></View>')
    const values = async (xml: string) => {
      const [answer] = await backend.predict([{ id: 1, data: { text: 'Ann is here' } }], { config: xml })
      return answer?.prediction?.result.map(({ value }) => value)
    }
    expect(await values(config)).toEqual([
      { choices: ['Positive'] },
      { start: 0, end: 3, labels: ['Name'], text: 'Ann' },
    ])
    expect(await values(config.replace('<Choices', '<Choices allowNested="true"'))).toMatchObject([
      { choices: [['Positive']] },
      { text: 'Ann' },
    ])
    expect(await values(config.replace('<Text', '<Text saveTextResult="no"'))).toEqual([
      { choices: ['Positive'] },
      { start: 0, end: 3, labels: ['Name'] },
    ])
  })
})

describe('controls beside those that are filled', () => {
  const found: Finding[] = [
    { kind: 'detection', label: 'Sign', box: { x: 0, y: 0, width: 10, height: 10 }, unit: 'percent', text: 'STOP' },
  ]
  const reader = defineAdapter({
    name: 'reader',
    version: '1.0.0',
    fills: { Rectangle: ['Image'] },
    predict: (items) => items.map(() => found),
  })
  const version = async (controls: string) => {
    const xml = `<View><Image name="i" value="$i"/><Rectangle name="r" toName="i"/>${controls}</View>`
    return (await quietBackend({ adapters: [reader] }).report(xml)).modelVersion
  }
  const LABELS = '<Labels name="l" toName="i"><Label value="Sign"/></Labels>'
  const TEXT = '<TextArea name="t" toName="i" perRegion="true"/>'

  it('count where they take a part of what is said', async () => {
    const known = await version(LABELS)
    expect(await version(LABELS.replace('name="l"', 'name="labels"'))).not.toBe(known)
    expect(await version(LABELS + TEXT)).not.toBe(known)
    const asked = TEXT.replace('/>', ' whenLabelValue="Sign"/>')
    expect(await version(LABELS + asked)).not.toBe(await version(LABELS + TEXT))
  })

  it('do not count where they take none', async () => {
    expect(await version(`${LABELS}<TextArea name="t" toName="i"/>`)).toBe(await version(LABELS))
  })
})
