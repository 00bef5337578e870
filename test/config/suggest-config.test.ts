import { describe, expect, it } from 'vitest'
import {
  createLabelMap,
  parseConfig,
  type SuggestedKind,
  type SuggestedObject,
  suggestConfig,
} from '../../src/config/index.js'

const KINDS: SuggestedKind[] = [
  'classification',
  'detection',
  'mask',
  'pose',
  'span',
  'segment',
  'track',
  'timeline',
  'text',
  'number',
  'datetime',
]

describe('suggestConfig', () => {
  it('starts a project from a detector', () => {
    const xml = suggestConfig({ kinds: ['detection'], classes: ['car', 'R&D'] })
    expect(xml).toBe(`<View>
  <Image name="image" value="$image"/>
  <RectangleLabels name="box" toName="image">
    <Label value="car"/>
    <Label value="R&amp;D"/>
  </RectangleLabels>
</View>`)
    const control = parseConfig(xml).controls.get('box')
    expect(control && createLabelMap(control, ['car', 'R&D']).report).toMatchObject({ unmapped: [], unused: [] })
  })

  it.each(KINDS)('suggests for %s what Label Studio takes without a warning', (kind) => {
    expect(parseConfig(suggestConfig({ kinds: [kind], classes: ['a', 'b'] })).issues).toEqual([])
    expect(parseConfig(suggestConfig({ kinds: [kind] })).issues).toEqual([])
  })

  it.each<[SuggestedKind, SuggestedObject, string]>([
    ['span', 'HyperText', 'HyperTextLabels'],
    ['span', 'Paragraphs', 'ParagraphLabels'],
    ['span', 'Text', 'Labels'],
    ['segment', 'TimeSeries', 'TimeSeriesLabels'],
    ['classification', 'Text', 'Choices'],
  ])('shows %s on %s as %s', (kind, object, tag) => {
    const { controls, issues } = parseConfig(suggestConfig({ kinds: [kind], classes: ['a'], object }))
    expect([...controls.values()].map((control) => control.tag)).toEqual([tag])
    expect(issues).toEqual([])
  })

  it('gives each kind a control, and a track its labels', () => {
    const { controls } = parseConfig(suggestConfig({ kinds: ['track', 'timeline'], classes: ['car'] }))
    expect([...controls.values()].map(({ name, tag }) => `${name}: ${tag}`)).toEqual([
      'track: VideoRectangle',
      'label: Labels',
      'timeline: TimelineLabels',
    ])
  })
})
