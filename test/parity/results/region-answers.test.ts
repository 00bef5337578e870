/** Answers about regions, of every kind on every region that they may be about: the SDK takes them all. */

import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import {
  createDraft,
  type Finding,
  type RegionAnswer,
  renderFindings,
  type Surface,
  validatePrediction,
} from '../../../src/results/index.js'
import { askSdk, python } from './sdk-oracle.js'

if (python === undefined) console.log('skipped: PRELABEL_PYTHON names no python with label-studio-sdk')

interface Object {
  readonly tag: string
  readonly data: unknown
  readonly surface: Surface
  readonly controls: readonly string[]
  readonly finding: Extract<Finding, { label: string }>
}

const html = '<p>Anna met <b>Bruno</b></p>'
const utterances = [{ author: 'A', text: 'Anna met Bruno' }]
const box = { x: 10, y: 20, width: 60, height: 30 }
const mask = Uint8Array.from({ length: 100 * 80 }, (_, at) => (at % 100 > 20 && at % 100 < 60 && at > 2000 ? 1 : 0))

const objects: readonly Object[] = [
  {
    tag: 'Text',
    data: 'Anna met Bruno',
    surface: { text: 'Anna met Bruno' },
    controls: ['Labels'],
    finding: { kind: 'span', label: 'Thing', start: 0, end: 4 },
  },
  {
    tag: 'HyperText',
    data: html,
    surface: { html },
    controls: ['HyperTextLabels'],
    finding: { kind: 'span', label: 'Thing', start: 5, end: 11 },
  },
  {
    tag: 'Paragraphs',
    data: utterances,
    surface: { utterances },
    controls: ['ParagraphLabels'],
    finding: { kind: 'span', label: 'Thing', start: 0, end: 4 },
  },
  {
    tag: 'Image',
    data: 'a.png',
    surface: { width: 100, height: 80 },
    controls: ['RectangleLabels', 'EllipseLabels', 'PolygonLabels', 'BrushLabels', 'Rectangle'],
    finding: { kind: 'detection', label: 'Thing', box },
  },
  {
    tag: 'Image',
    data: 'a.png',
    surface: { width: 100, height: 80 },
    controls: ['PolygonLabels', 'BrushLabels', 'Brush'],
    finding: { kind: 'mask', label: 'Thing', mask: { width: 100, height: 80, data: mask } },
  },
  {
    tag: 'Audio',
    data: 'a.wav',
    surface: { duration: 9 },
    controls: ['Labels'],
    finding: { kind: 'segment', label: 'Thing', start: 1, end: 2 },
  },
]

const questions: Readonly<Record<string, { readonly inside?: string; readonly answer: RegionAnswer }>> = {
  Choices: {
    inside: '<Choice value="Good"/><Choice value="Bad"/>',
    answer: { kind: 'classification', control: 'it', classes: [{ label: 'Bad' }] },
  },
  Taxonomy: {
    inside: '<Choice value="A"><Choice value="B"/></Choice>',
    answer: { kind: 'classification', control: 'it', classes: [{ label: 'B' }] },
  },
  TextArea: { answer: { kind: 'text', control: 'it', text: ['one', 'two'] } },
  Rating: { answer: { kind: 'number', control: 'it', value: 3 } },
  Number: { answer: { kind: 'number', control: 'it', value: 0.5 } },
  DateTime: { answer: { kind: 'datetime', control: 'it', value: '2026-11-21' } },
}

const cases = objects.flatMap((object) =>
  object.controls.flatMap((geometry) =>
    Object.entries(questions).map(([tag, question]) => ({
      name: `${tag} of ${geometry} on ${object.tag} (${object.finding.kind})`,
      object,
      geometry,
      tag,
      question,
    })),
  ),
)

describe.skipIf(python === undefined)('answers about regions', () => {
  it('are taken by the SDK, and by our own validation', () => {
    const asked = cases.map(({ name, object, geometry, tag, question }) => {
      const label = '<Label value="Thing"/>'
      const drawing = geometry.endsWith('Labels')
        ? `<${geometry} name="region" toName="o">${label}</${geometry}>`
        : `<${geometry} name="region" toName="o"/><Labels name="label" toName="o">${label}</Labels>`
      const xml = `<View><${object.tag} name="o" value="$o"/>${drawing}<${tag} name="it" toName="o" perRegion="true">${question.inside ?? ''}</${tag}></View>`
      const config = parseConfig(xml)
      const [tagOf] = config.objects.values()
      if (tagOf === undefined) throw new Error(name)
      const task = { data: { o: object.data } }
      const draft = createDraft(config, { task })
      const { issues } = renderFindings({
        config,
        draft,
        object: tagOf,
        controls: [...config.controls.values()],
        surface: object.surface,
        findings: [{ ...object.finding, answers: [question.answer] }],
      })
      const prediction = draft.finish()
      const ids = new Set(prediction.result.map((result) => ('id' in result ? result.id : '')))
      const wrong = [...issues, ...validatePrediction(config, prediction, { task })]
      return { name, config: xml, prediction, ids: ids.size, wrong, answers: prediction.result.at(-1)?.type }
    })
    const verdicts = askSdk(asked)
    const refused = asked.flatMap(({ name, ids, wrong, answers }, at) => {
      const verdict = verdicts[at]
      const fine = verdict?.ok && ids === 1 && wrong.length === 0 && answers !== undefined
      return fine ? [] : [{ name, ids, wrong, errors: verdict?.errors }]
    })
    expect(refused).toEqual([])
    expect(asked).toHaveLength(cases.length)
  })
})
