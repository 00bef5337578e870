import { describe, expectTypeOf, it } from 'vitest'
import { defineConfig } from '../../src/define-config.js'

const config = defineConfig(`<View>
  <Image name="photo" value="$image"/>
  <Text name="body" value="$text"/>
  <RectangleLabels name="vehicle" toName="photo"><Label value="Car"/><Label value="Bus" alias="bus"/></RectangleLabels>
  <Choices name="light" toName="photo"><Choice value="Day"/><Choice value="Night"/></Choices>
  <Choices name="tags" toName="photo" choice="multiple"><Choice value="Wet"/><Choice value="Dry"/></Choices>
  <Labels name="ner" toName="body"><Label value="PER"/></Labels>
</View>`)
const task = { data: { image: 'photo.jpg', text: 'Ada' } }

describe('defineConfig', () => {
  it('knows the task data, controls and labels', () => {
    expectTypeOf<(typeof config)['$infer']['data']>().toEqualTypeOf<{ image: string; text: string }>()
    expectTypeOf(config.control('vehicle').labels).toEqualTypeOf<readonly ('Car' | 'bus')[]>()
    const draft = config.prediction({ task })
    draft.control('vehicle').rectangle({ label: 'bus', x: 1, y: 2, width: 3, height: 4, unit: 'percent' })
    draft.control('light').choose('Day')
    draft.control('tags').choose(['Wet', 'Dry'])
    draft.control('ner').span({ label: 'PER', start: 0, end: 3 })
    draft.surface('photo', { width: 10, height: 10 })
  })

  it('refuses what the config does not say', () => {
    // @ts-expect-error the task lacks `text`
    config.prediction({ task: { data: { image: 'photo.jpg' } } })
    const draft = config.prediction({ task })
    // @ts-expect-error no such control
    draft.control('lihgt')
    // @ts-expect-error no such choice
    draft.control('light').choose('Dusk')
    // @ts-expect-error one choice only
    draft.control('light').choose(['Day', 'Night'])
    // @ts-expect-error several choices are a list
    draft.control('tags').choose('Wet')
    // @ts-expect-error the alias replaces the value
    draft.control('vehicle').rectangle({ label: 'Bus', x: 1, y: 2, width: 3, height: 4, unit: 'percent' })
    // @ts-expect-error the unit is said, never guessed
    draft.control('vehicle').rectangle({ label: 'Car', x: 1, y: 2, width: 3, height: 4 })
    // @ts-expect-error a rectangle control marks no text
    draft.control('vehicle').span({ start: 0, end: 3 })
    // @ts-expect-error no such object
    draft.surface('foto', { width: 10, height: 10 })
  })

  it('takes any name and label when the config is not a literal', () => {
    const loose = defineConfig(String(config.xml))
    const draft = loose.prediction({ task })
    draft.control('anything').choose('whatever')
    draft.control('anything').rectangle({ label: 'x', x: 1, y: 2, width: 3, height: 4, unit: 'fraction' })
  })

  it('gives each control the builders of its tag, on its object', () => {
    const all = defineConfig(`<View>
      <Image name="img" value="$image"/><HyperText name="page" value="$page"/><Paragraphs name="talk" value="$talk"/>
      <Audio name="sound" value="$sound"/><Video name="clip" value="$clip"/><List name="list" value="$items"/>
      <Chat name="chat" value="$chat"/>
      <ReactCode name="react" value="$form" outputs="a"/>
      <Rectangle name="box" toName="img"/><Labels name="kind" toName="img"><Label value="Car"/></Labels>
      <BrushLabels name="stroke" toName="img"><Label value="Car"/></BrushLabels>
      <Labels name="mark" toName="page"><Label value="Car"/></Labels>
      <ParagraphLabels name="turn" toName="talk"><Label value="Car"/></ParagraphLabels>
      <Labels name="speech" toName="sound"><Label value="Car"/></Labels>
      <VideoRectangle name="track" toName="clip"/>
      <Taxonomy name="tree" toName="page"><Choice value="A"><Choice value="B"/></Choice></Taxonomy>
      <Choices name="dynamic" toName="page" value="$options"/>
      <Ranker name="rank" toName="list"/><Rating name="stars" toName="page"/><Magnify name="odd" toName="img"/>
    </View>`)
    const data = { image: '', page: '', talk: [], sound: '', clip: '', items: [], chat: [], form: {}, options: [] }
    const draft = all.prediction({ task: { data }, surfaces: { img: { width: 4, height: 4 } } })
    const box = draft.control('box').rectangle({ x: 1, y: 1, width: 1, height: 1, unit: 'pixel' })
    draft.attach(box, 'kind').label('Car')
    draft.control('stroke').brush({ mask: { width: 4, height: 4, data: new Uint8Array(16) }, labels: ['Car'] })
    draft.control('mark').span({ start: 0, end: 1, label: 'Car' })
    draft.control('turn').paragraphSpan({ utterance: 0, start: 0, end: 1, label: 'Car' })
    draft.control('speech').segment({ start: 0, end: 1, label: 'Car' })
    draft.control('track').track({ framesCount: 1, duration: 1, frames: [], unit: 'percent', label: 'Car' })
    draft.control('tree').classify([['A', 'B']])
    draft.control('tree').span({ start: 0, end: 1, paths: [['A', 'B']] })
    draft.control('react').give({ a: 1 })
    draft.control('dynamic').choose('anything')
    draft.control('dynamic').choose([['a', 'path']])
    draft.control('rank').rank(['x'])
    draft.control('stars').rate(3)
    draft.control('chat').message({ role: 'user', content: 'hi' })
    draft.control('odd').result({ by: 2 })
    // @ts-expect-error a rectangle without labels takes none
    draft.control('box').rectangle({ x: 1, y: 1, width: 1, height: 1, unit: 'pixel', label: 'Car' })
    // @ts-expect-error a labelled region needs a label, or an empty list of them
    draft.control('mark').span({ start: 0, end: 1 })
    // @ts-expect-error labels beside a tool label its regions, and draw nothing
    draft.control('kind').rectangle({ x: 1, y: 1, width: 1, height: 1, unit: 'pixel', label: 'Car' })
    // @ts-expect-error no such node
    draft.control('tree').classify([['A', 'C']])
    // @ts-expect-error no such node
    draft.control('tree').span({ start: 0, end: 1, paths: [['A', 'C']] })
    // @ts-expect-error outputs are fields
    draft.control('react').give('a')
    // @ts-expect-error an object is no control
    draft.control('img')
    // @ts-expect-error no such object
    all.prediction({ task: { data }, surfaces: { image: { width: 4, height: 4 } } })
  })
})
