import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import {
  createDraft,
  type Detection,
  type RegionAnswer,
  type Span,
  validatePrediction,
} from '../../../src/results/index.js'
import { render } from './render.js'

const TEXT = { text: 'Anna met Bruno' }
const choice = (...names: string[]) => names.map((name) => `<Choice value="${name}"/>`).join('')

const onText = (controls: string) =>
  `<Text name="t" value="$t"/><Labels name="entity" toName="t"><Label value="Person"/><Label value="Place"/></Labels>${controls}`
const perRegion = (tag: string, name: string, rest = '', inside = '') =>
  `<${tag} name="${name}" toName="t" perRegion="true" ${rest}>${inside}</${tag}>`

const anna = (...answers: RegionAnswer[]): Span => ({ kind: 'span', label: 'Person', start: 0, end: 4, answers })
const mood = (label: string, score?: number): RegionAnswer => ({
  kind: 'classification',
  control: 'mood',
  classes: [{ label, ...(score === undefined ? {} : { score }) }],
})
const MOOD = perRegion('Choices', 'mood', '', choice('Good', 'Bad'))

describe('answers of a region', () => {
  it('go on per-region controls of every kind, under its id and with its geometry', () => {
    const xml = onText(
      MOOD +
        perRegion('Taxonomy', 'kind', '', '<Choice value="Being"><Choice value="Human"/></Choice>') +
        ['TextArea', 'Rating', 'Number', 'DateTime'].map((tag) => perRegion(tag, tag)).join(''),
    )
    const answers: RegionAnswer[] = [
      mood('good', 0.8),
      { kind: 'classification', control: 'kind', classes: [{ label: 'Human' }] },
      { kind: 'text', control: 'TextArea', text: 'a friend' },
      { kind: 'number', control: 'Rating', value: 4 },
      { kind: 'number', control: 'Number', value: 2, score: 0.5 },
      { kind: 'datetime', control: 'DateTime', value: '2026-11-21' },
    ]
    const draft = createDraft(parseConfig(`<View>${xml}</View>`), { task: { data: { t: TEXT.text } } })
    const { results, issues } = render(xml, TEXT, [anna(...answers)], { draft })
    expect(issues).toEqual([])
    const place = { start: 0, end: 4, text: 'Anna' }
    expect(results).toMatchObject([
      { from_name: 'entity', type: 'labels', value: { ...place, labels: ['Person'] } },
      { from_name: 'mood', type: 'choices', value: { ...place, choices: ['Good'] }, score: 0.8 },
      { from_name: 'kind', type: 'taxonomy', value: { ...place, taxonomy: [['Being', 'Human']] } },
      { from_name: 'TextArea', type: 'textarea', value: { ...place, text: ['a friend'] } },
      { from_name: 'Rating', type: 'rating', value: { ...place, rating: 4 } },
      { from_name: 'Number', type: 'number', value: { ...place, number: 2 }, score: 0.5 },
      { from_name: 'DateTime', type: 'datetime', value: { ...place, datetime: '2026-11-21' } },
    ])
    expect(new Set(results.map(({ id }) => id)).size).toBe(1)
    expect(
      validatePrediction(parseConfig(`<View>${xml}</View>`), draft.finish(), { task: { data: { t: TEXT.text } } }),
    ).toEqual([])
  })

  it('are kept apart by region, and joined within one', () => {
    const bruno: Span = { kind: 'span', label: 'Person', start: 9, end: 14, answers: [mood('Bad')] }
    const multiple = onText(perRegion('Choices', 'mood', 'choice="multiple"', choice('Good', 'Bad')))
    const { results, issues } = render(multiple, TEXT, [anna(mood('Good', 0.6), mood('Bad', 0.9)), bruno])
    expect(issues).toEqual([])
    expect(results.map(({ value }) => value)).toMatchObject([
      { start: 0, labels: ['Person'] },
      { start: 0, choices: ['Bad', 'Good'] },
      { start: 9, labels: ['Person'] },
      { start: 9, choices: ['Bad'] },
    ])
  })

  it('go with every region of a thing, beside its label and what is written in it', () => {
    const xml = `<Image name="t" value="$t"/><Labels name="entity" toName="t"><Label value="Sign"/></Labels>
      <Rectangle name="box" toName="t"/><Ellipse name="round" toName="t"/>${MOOD}${perRegion('TextArea', 'words')}`
    const sign: Detection = {
      kind: 'detection',
      label: 'sign',
      box: { x: 10, y: 10, width: 50, height: 20 },
      text: 'STOP',
      score: 0.7,
      answers: [mood('Bad')],
    }
    const { results, issues } = render(xml, { width: 100, height: 100 }, [sign])
    expect(issues).toEqual([])
    const sources = ['entity', 'words', 'mood']
    expect(results.map(({ from_name }) => from_name)).toEqual(['box', ...sources, 'round', ...sources])
    const said = { type: 'choices', original_width: 100 }
    expect(results[3]).toMatchObject({ ...said, id: results[0]?.id, value: { x: 10, width: 50, choices: ['Bad'] } })
    expect(results[7]).toMatchObject({ ...said, id: results[4]?.id, value: { radiusX: 25, choices: ['Bad'] } })
    expect(results[3]).not.toHaveProperty('score')
  })

  it('about a skeleton are about its box', () => {
    const xml = `<Image name="t" value="$t"/><RectangleLabels name="box" toName="t"><Label value="Person"/></RectangleLabels>
      <KeyPointLabels name="point" toName="t"><Label value="Person"/></KeyPointLabels>${MOOD}`
    const points = [10, 50].map((x) => ({ x, y: x }))
    const { results } = render(xml, { width: 100, height: 100 }, [
      { kind: 'pose', label: 'Person', points, answers: [mood('Good')] },
    ])
    expect(results.map(({ from_name }) => from_name)).toEqual(['box', 'mood', 'point', 'point'])
  })

  it('are left out where the editor does not show their control for such a region', () => {
    const asked = (conditions: string) => {
      const controls = perRegion('Choices', 'mood', conditions, choice('Good'))
      return render(onText(controls), TEXT, [anna(mood('Good'))])
    }
    const visible = 'visibleWhen="region-selected"'
    expect(asked('whenLabelValue="Place,Person"').results).toHaveLength(2)
    expect(asked('whenLabelValue="Place"')).toMatchObject({ results: [{ from_name: 'entity' }], issues: [] })
    expect(asked(`${visible} whenTagName="entity"`).results).toHaveLength(2)
    expect(asked(`${visible} whenTagName="other"`)).toMatchObject({ results: [{ from_name: 'entity' }], issues: [] })
  })

  it('without a label on their control, or with too low a score, are left out, as is all of a region that is not shown', () => {
    expect(render(onText(MOOD), TEXT, [anna(mood('Unsure'))])).toMatchObject({ results: [{}], issues: [] })
    const strict = onText(perRegion('Choices', 'mood', 'score_threshold="0.9"', choice('Good')))
    expect(render(strict, TEXT, [anna(mood('Good', 0.5))]).results).toHaveLength(1)
    const nobody: Span = { ...anna(mood('Good')), label: 'Nobody' }
    expect(render(onText(MOOD), TEXT, [nobody])).toEqual({ results: [], issues: [] })
  })
})

describe('answers that do not fit', () => {
  const whole = '<Choices name="whole" toName="t"><Choice value="Good"/></Choices>'
  const code = 'answer-not-shown'
  it.each<[string, RegionAnswer, { code: string; message: string }]>([
    [
      'a control that is not there',
      { ...mood('Good'), control: 'moud' },
      { code, message: 'a classification about a region cannot be shown: no control named "moud" is given' },
    ],
    [
      'a control of the whole object',
      { ...mood('Good'), control: 'whole' },
      { code, message: 'a classification about a region cannot be shown: View/Choices[whole] takes none' },
    ],
    [
      'a control of another kind',
      { kind: 'number', control: 'mood', value: 3 },
      { code, message: 'a number about a region cannot be shown: View/Choices[mood] takes none' },
    ],
  ])('%s', (_, answer, problem) => {
    const { results, issues } = render(onText(MOOD + whole), TEXT, [anna(mood('Good'), answer)])
    expect(results).toHaveLength(2)
    expect(issues).toMatchObject([{ ...problem, path: 'findings[0].answers[1]', severity: 'error' }])
  })

  it('a second one of a kind that cannot be joined', () => {
    const stars = (value: number): RegionAnswer => ({ kind: 'number', control: 'stars', value })
    const { results, issues } = render(onText(perRegion('Rating', 'stars')), TEXT, [anna(stars(3), stars(4))])
    expect(results).toMatchObject([{}, { value: { rating: 3 } }])
    expect(issues).toMatchObject([{ code: 'answered-twice', path: 'findings[0].answers[1]' }])
  })
})
