import { describe, expect, it } from 'vitest'
import type { ModelInfo } from '../../../src/adapters/adapter.js'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import { formatReport } from '../../../src/backend/index.js'
import { quietBackend, toneAdapter } from '../harness.js'

const PHOTO = `
<View>
  <Image name="photo" value="$image"/>
  <RectangleLabels name="vehicle" toName="photo">
    <Label value="Car"/><Label value="Bus" predicted_values="coach"/><Label value="Tram"/>
  </RectangleLabels>
  <Choices name="light" toName="photo"><Choice value="Day"/><Choice value="Night"/></Choices>
  <Text name="note" value="$note"/>
  <Choices name="mood" toName="note"><Choice value="Good"/></Choices>
  <TextArea name="caption" toName="photo"/>
</View>`

function pictureAdapter(name: string, info: ModelInfo = {}, controls?: readonly string[]) {
  return defineAdapter({
    name,
    version: '1.0.0',
    fills: { RectangleLabels: ['Image'], Choices: ['Image'] },
    ...(controls === undefined ? {} : { controls }),
    inspect: () => info,
    predict: (items) => items.map(() => []),
  })
}

const filledBy = async (adapters: Parameters<typeof quietBackend>[0]) => {
  const { controls } = await quietBackend(adapters).report(PHOTO)
  return Object.fromEntries(controls.map(({ control, filledBy }) => [control, filledBy.map(({ adapter }) => adapter)]))
}

describe('who fills what', () => {
  it('is the first adapter that can', async () => {
    expect(await filledBy({ adapters: [pictureAdapter('one'), pictureAdapter('two'), toneAdapter()] })).toEqual({
      vehicle: ['one'],
      light: ['one'],
      mood: ['tone'],
      caption: [],
    })
  })

  it('is who names the control, whoever came before', async () => {
    const adapters = [pictureAdapter('one'), pictureAdapter('two', {}, ['light'])]
    expect(await filledBy({ adapters })).toMatchObject({ vehicle: ['one'], light: ['two'] })
  })

  it('may be several, who name it', async () => {
    const adapters = [pictureAdapter('one', {}, ['vehicle']), pictureAdapter('two', {}, ['vehicle', 'light'])]
    expect(await filledBy({ adapters })).toMatchObject({ vehicle: ['one', 'two'], light: ['two'] })
  })

  it('is nobody whose model makes what the control does not show, or knows none of its labels', async () => {
    const detector = pictureAdapter('detector', { kinds: ['detection'], classes: ['car', 'coach', 'person'] })
    const classifier = pictureAdapter('classifier', { kinds: ['classification'], classes: ['day', 'night'] })
    expect(await filledBy({ adapters: [detector, classifier] })).toMatchObject({
      vehicle: ['detector'],
      light: ['classifier'],
    })
    const birds = pictureAdapter('birds', { classes: ['wren'] })
    expect(await filledBy({ adapters: [birds] })).toMatchObject({ vehicle: [], light: [] })
  })
})

describe('the report', () => {
  it('says all of it, as text', async () => {
    const info = {
      kinds: ['detection'],
      classes: ['car', 'coach', 'person'],
      summary: 'toy detector, 3 classes',
      notes: ['its size is fixed'],
    } as const
    const report = await quietBackend({ adapters: [pictureAdapter('toy', info), toneAdapter()] }).report(PHOTO)
    expect(formatReport(report)).toBe(`model version ${report.modelVersion}
vehicle <RectangleLabels> is filled by toy from photo (toy detector, 3 classes)
  note: its size is fixed
  mapped: car → Car (case-folded), coach → Bus (predicted_values)
  unmapped: person
  unused: Tram
light <Choices> is not filled
  toy: its model makes detection, which <Choices> does not show
  tone: it fills <Choices> on Text, HyperText, and this one is about Image
mood <Choices> is filled by tone from note
caption <TextArea> is not filled
  toy: it fills no <TextArea>
  tone: it fills no <TextArea>`)
  })
})

describe('what does not match', () => {
  const lines = async (options: Parameters<typeof quietBackend>[0], xml = PHOTO) =>
    formatReport(await quietBackend(options).report(xml)).split('\n')

  it('is said before who fills the control, which only those hear who could', async () => {
    const boxes = pictureAdapter('boxes', { kinds: ['detection'] })
    const said = await lines({ adapters: [pictureAdapter('one', { kinds: ['classification'] }), boxes, toneAdapter()] })
    expect(said).toContain('light <Choices> is filled by one from photo')
    const report = await quietBackend({ adapters: [pictureAdapter('one'), boxes, pictureAdapter('two')] }).report(PHOTO)
    expect(report.controls[1]).toMatchObject({
      control: 'light',
      alsoFits: ['two'],
      refused: [
        { adapter: 'boxes', reason: 'its model makes detection, which <Choices> does not show' },
        { adapter: 'two', reason: 'one fills it already' },
      ],
    })
    expect(formatReport(report)).toContain('\n  also fits: two; give `controls` to choose\n')
  })

  it('is told of names in options, with those that were meant', async () => {
    const adapter = {
      ...pictureAdapter('toy', { classes: ['car', 'coach'] }, ['vehicle', 'lightt']),
      labelMap: { car: 'Tramm', coach: 'Bus', caar: null },
      classOptions: { labelThresholds: ['car', 'couch'] },
    }
    expect((await lines({ adapters: [adapter] })).filter((line) => line.startsWith('warning'))).toEqual([
      'warning: toy: `controls` names the control "lightt", which this config does not have. Did you mean "light"?',
      'warning: toy: `labelMap` names the class "caar", which its model does not have. Did you mean "car"?',
      'warning: toy: `labelThresholds` names the class "couch", which its model does not have. Did you mean "coach"?',
      'warning: toy: `labelMap` names the label "Tramm", which no control that it fills has. Did you mean "Tram"?',
    ])
  })

  it('is not said of a model that may say anything', async () => {
    const adapter = { ...pictureAdapter('toy'), labelMap: { lorry: 'Car' } }
    expect((await lines({ adapters: [adapter] })).filter((line) => line.startsWith('warning'))).toEqual([])
  })
})

describe('labels of other controls', () => {
  const adapter = defineAdapter({
    name: 'toy',
    version: '1.0.0',
    fills: { Rectangle: ['Image'], KeyPointLabels: ['Image'] },
    inspect: () => ({ kinds: ['detection', 'pose'], classes: ['person'] }),
    predict: (items) => items.map(() => []),
  })
  const about = async (controls: string) => {
    const xml = `<View><Image name="i" value="$i"/>${controls}</View>`
    return formatReport(await quietBackend({ adapters: [adapter] }).report(xml))
      .split('\n')
      .slice(1)
  }

  it('name the regions of plain geometry tags', async () => {
    expect(
      await about('<Rectangle name="r" toName="i"/><Labels name="l" toName="i"><Label value="person"/></Labels>'),
    ).toEqual(['r <Rectangle> is filled by toy from i', '  mapped: person', 'l <Labels> names the regions of r'])
  })

  it('name points by their place in the skeleton', async () => {
    const labels = `<Label value="nose" predicted_values="person" model_index="0"/>
      <Label value="eye" predicted_values="person" model_index="1"/><Label value="tail" model_index="abc"/>`
    expect(await about(`<KeyPointLabels name="k" toName="i">${labels}</KeyPointLabels>`)).toEqual([
      'k <KeyPointLabels> is filled by toy from i',
      '  mapped: point 0 of person → nose (model_index), point 1 of person → eye (model_index)',
      '  unused: tail',
    ])
  })
})
