import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createDraft, type Finding } from '../../../src/results/index.js'
import { render } from './render.js'

const text = { text: 'x' }
const on = (control: string) => `<Text name="t" value="$t"/>${control}`

describe('answers', () => {
  it('land on the control for their kind', () => {
    const controls = `<TextArea name="area" toName="t"/><Number name="number" toName="t"/><Rating name="rating" toName="t"/>
      <DateTime name="date" toName="t"/>`
    const findings: Finding[] = [
      { kind: 'text', text: ['one', 'two'], score: 0.4 },
      { kind: 'number', value: 4 },
      { kind: 'datetime', value: '2026-11-21' },
    ]
    const { results, issues } = render(on(controls), text, findings)
    expect(issues).toEqual([])
    expect(results).toMatchObject([
      { from_name: 'area', type: 'textarea', value: { text: ['one', 'two'] }, score: 0.4 },
      { from_name: 'number', type: 'number', value: { number: 4 } },
      { from_name: 'rating', type: 'rating', value: { rating: 4 } },
      { from_name: 'date', type: 'datetime', value: { datetime: '2026-11-21' } },
    ])
  })

  it('are one for each control: texts and classes are joined, others refused', () => {
    const controls = `<TextArea name="area" toName="t"/><Number name="number" toName="t"/>
      <Choices name="c" toName="t" choice="multiple"><Choice value="A"/><Choice value="B"/></Choices>`
    const { results, issues } = render(on(controls), text, [
      { kind: 'text', text: 'one' },
      { kind: 'classification', classes: [{ label: 'B', score: 0.5 }] },
      { kind: 'text', text: 'two' },
      { kind: 'classification', classes: [{ label: 'A', score: 0.9 }] },
      { kind: 'number', value: 1 },
      { kind: 'number', value: 2 },
    ])
    expect(results).toMatchObject([
      { value: { text: ['one', 'two'] } },
      { value: { choices: ['A', 'B'] }, score: 0.9 },
      { value: { number: 1 } },
    ])
    expect(issues).toMatchObject([{ code: 'answered-twice', path: 'findings[5]' }])
  })

  it('are paths in a taxonomy and in nested choices', () => {
    const tree = '<Choice value="Animal"><Choice value="Dog" predicted_values="canis"/></Choice><Choice value="Plant"/>'
    const classes: Finding = { kind: 'classification', classes: [{ label: 'canis' }, { label: 'plant' }] }
    expect(render(on(`<Taxonomy name="c" toName="t">${tree}</Taxonomy>`), text, [classes]).results).toMatchObject([
      { type: 'taxonomy', value: { taxonomy: [['Animal', 'Dog'], ['Plant']] } },
    ])
    const limited = `<Taxonomy name="c" toName="t" maxUsages="1">${tree}</Taxonomy>`
    expect(render(on(limited), text, [classes]).results).toMatchObject([{ value: { taxonomy: [['Animal', 'Dog']] } }])
    const nested = `<Choices name="c" toName="t" allowNested="true">${tree}</Choices>`
    expect(render(on(nested), text, [classes]).results).toMatchObject([{ value: { choices: [['Animal', 'Dog']] } }])
  })

  it('tell nodes of one label apart by their paths', () => {
    const tree = ['Animal', 'Plant'].map((root) => `<Choice value="${root}"><Choice value="Other"/></Choice>`).join('')
    const found: Finding = {
      kind: 'classification',
      classes: [
        { label: 'Other', path: ['Plant', 'Other'], score: 0.9 },
        { label: 'Other', score: 0.8 },
        { label: 'Other', path: ['Animal', 'Other'], score: 0.7 },
        { label: 'Plant', path: ['Mineral', 'Plant'], score: 0.6 },
        { label: 'No such', path: ['Mineral', 'Other'], score: 0.5 },
      ],
    }
    const paths = [['Plant', 'Other'], ['Animal', 'Other'], ['Plant']]
    expect(render(on(`<Taxonomy name="c" toName="t">${tree}</Taxonomy>`), text, [found]).results).toMatchObject([
      { value: { taxonomy: paths }, score: 0.9 },
    ])
    const flat =
      '<Choices name="c" toName="t" choice="multiple"><Choice value="Other"/><Choice value="Plant"/></Choices>'
    expect(render(on(flat), text, [found]).results).toMatchObject([{ value: { choices: ['Other', 'Plant'] } }])
  })

  it('keep paths that the task brings', () => {
    const found: Finding = { kind: 'classification', classes: [{ label: 'b', path: ['a', 'b'] }] }
    const brought = '<Taxonomy name="c" toName="t" value="$tree"/>'
    expect(render(on(brought), text, [found]).results).toMatchObject([{ value: { taxonomy: [['a', 'b']] } }])
  })

  it('compare and rank', () => {
    const pair = '<Text name="a" value="$a"/><Text name="b" value="$b"/><Pairwise name="p" toName="a,b"/>'
    expect(render(pair, text, [{ kind: 'preference', selected: 'right' }]).results).toMatchObject([
      { type: 'pairwise', value: { selected: 'right' } },
    ])
    const list = '<List name="l" value="$items"/><Ranker name="r" toName="l"/>'
    expect(render(list, {}, [{ kind: 'ranking', order: ['2', '1'] }]).results).toMatchObject([
      { type: 'ranker', value: { ranker: { r: ['2', '1'] } } },
    ])
  })

  it('about regions cannot be given for the whole object', () => {
    const area =
      '<Labels name="l" toName="t"><Label value="A"/></Labels><TextArea name="area" toName="t" perRegion="true"/>'
    expect(render(on(area), text, [{ kind: 'text', text: 'x' }])).toMatchObject({
      results: [],
      issues: [{ code: 'finding-not-shown' }],
    })
  })
})

describe('stretches', () => {
  it('of sound, with what is said in them', () => {
    const xml = `<Audio name="a" value="$a"/><Labels name="l" toName="a"><Label value="Speech"/></Labels>
      <TextArea name="words" toName="a" perRegion="true"/>`
    const { results, issues } = render(xml, { duration: 9 }, [
      { kind: 'segment', label: 'speech', start: 1.5, end: 3, channel: 1, text: 'hello' },
    ])
    expect(issues).toEqual([])
    const id = results[0]?.id
    expect(results).toMatchObject([
      { id, type: 'labels', value: { start: 1.5, end: 3, channel: 1, labels: ['Speech'] }, original_length: 9 },
      { id, type: 'textarea', value: { start: 1.5, end: 3, channel: 1, text: ['hello'] } },
    ])
  })

  it('of a series, and moments', () => {
    const xml = `<TimeSeries name="s" value="$s"><Channel column="v"/></TimeSeries>
      <TimeSeriesLabels name="l" toName="s"><Label value="Run"/></TimeSeriesLabels>`
    const { results } = render(xml, {}, [
      { kind: 'segment', label: 'Run', start: 1, end: 2 },
      { kind: 'segment', label: 'Run', start: 3, end: 3 },
    ])
    expect(results).toMatchObject([
      { type: 'timeserieslabels', value: { start: 1, end: 2, instant: false, timeserieslabels: ['Run'] } },
      { value: { start: 3, end: 3, instant: true } },
    ])
  })

  describe('of a series whose times are text', () => {
    const xml = (
      format: string,
    ) => `<TimeSeries name="s" value="$s" timeFormat="${format}"><Channel column="v"/></TimeSeries>
      <TimeSeriesLabels name="l" toName="s"><Label value="Run"/></TimeSeriesLabels>`
    const run = (start: number, end: number): Finding => ({ kind: 'segment', label: 'Run', start, end })
    const noon = Date.UTC(2020, 1, 29, 12, 5, 9) / 1000

    it.each([
      ['%Y-%m-%d %H:%M:%S.%f', '2020-02-29 12:05:09.250000'],
      ['%d.%m.%y %H:%M:%S.%L', '29.02.20 12:05:09.250'],
      ['%-I:%M %p, %A %e %B %Y', '12:05 PM, Saturday 29 February 2020'],
      ['%a %b %_d %Y %Z', 'Sat Feb 29 2020 +0000'],
      ['%s', String(noon)],
    ])('writes them as %s', (format, expected) => {
      const { results, issues } = render(xml(format), {}, [run(noon + 0.25, noon + 0.25)])
      expect(issues).toEqual([])
      expect(results).toMatchObject([{ value: { start: expected, end: expected, instant: true } }])
    })

    it('refuses what the format cannot say', () => {
      expect(render(xml('%Y'), {}, [run(0, 1e30)])).toMatchObject({
        results: [],
        issues: [{ code: 'unwritable-time' }],
      })
      expect(render(xml('%U'), {}, [run(0, 1)])).toMatchObject({ results: [], issues: [{ code: 'unwritable-time' }] })
    })

    it('finds text that is in another format', () => {
      const config = parseConfig(`<View>${xml('%Y-%m-%d')}</View>`)
      const draft = createDraft(config, { invalid: 'drop' })
      draft.control('l').seriesSegment({ start: '2020-02-29', end: '1 March', label: 'Run' })
      expect(draft.check().issues).toMatchObject([{ code: 'invalid-series-time', path: 'result[0].value.end' }])
    })
  })

  it('of frames, and tracks labelled by the control beside them', () => {
    const xml = `<Video name="v" value="$v"/><VideoRectangle name="box" toName="v"/>
      <Labels name="l" toName="v"><Label value="Car"/></Labels>
      <TimelineLabels name="time" toName="v"><Label value="Car"/></TimelineLabels>`
    const { results, issues } = render(xml, { width: 200, height: 100 }, [
      {
        kind: 'track',
        label: 'car',
        framesCount: 48,
        duration: 2,
        unit: 'pixel',
        frames: [
          { frame: 1, box: { x: 20, y: 10, width: 40, height: 20 } },
          { frame: 24, box: { x: 20, y: 10, width: 40, height: 20, rotation: 180 }, enabled: false },
        ],
      },
      { kind: 'timeline', label: 'car', ranges: [{ start: 1, end: 9 }] },
    ])
    expect(issues).toEqual([])
    expect(results).toMatchObject([
      {
        type: 'videorectangle',
        value: {
          framesCount: 48,
          labels: ['Car'],
          sequence: [
            { frame: 1, enabled: true, x: 10, y: 10, width: 20, height: 20, rotation: 0 },
            { frame: 24, enabled: false, x: expect.closeTo(30), y: expect.closeTo(30), rotation: 180, time: 1 },
          ],
        },
      },
      { type: 'timelinelabels', value: { ranges: [{ start: 1, end: 9 }], timelinelabels: ['Car'] } },
    ])
  })

  it('tracks in fractions need no size', () => {
    const xml =
      '<Video name="v" value="$v"/><VideoRectangle name="box" toName="v"/><Labels name="l" toName="v"><Label value="Car"/></Labels>'
    const track: Finding = {
      kind: 'track',
      label: 'Car',
      framesCount: 24,
      duration: 1,
      unit: 'fraction',
      frames: [{ frame: 1, box: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 } }],
    }
    expect(render(xml, {}, [track]).results[0]?.value.sequence).toMatchObject([{ x: 10, y: 20, width: 30, height: 40 }])
    expect(render(xml, {}, [{ ...track, unit: 'pixel' }]).issues).toMatchObject([{ code: 'surface-unknown' }])
  })

  it('tracks bring the size that pixels and turned boxes need', () => {
    const xml =
      '<Video name="v" value="$v"/><VideoRectangle name="box" toName="v"/><Labels name="l" toName="v"><Label value="Car"/></Labels>'
    const box = { x: 20, y: 10, width: 40, height: 20, rotation: 90 }
    const frames = [{ frame: 1, box }]
    const track = { kind: 'track', label: 'Car', framesCount: 24, duration: 1, unit: 'pixel', frames } as const
    const { results, issues } = render(xml, {}, [{ ...track, picture: { width: 200, height: 100 } }])
    expect(issues).toEqual([])
    expect(results[0]?.value.sequence).toMatchObject([
      { x: 25, y: expect.closeTo(0), width: 20, height: 20, rotation: 90 },
    ])
  })
})
