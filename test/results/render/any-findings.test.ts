/** Whatever a model says, what is rendered of it is right: the draft finishes, and the rest are issues. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createDraft, type Finding, type Surface } from '../../../src/results/index.js'
import { renderFindings } from '../../../src/results/render/index.js'

const label = fc.constantFrom('A', 'b', 'none')
const score = fc
  .option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined })
  .map((score) => (score === undefined ? {} : { score }))
const place = fc.double({ min: -50, max: 250, noNaN: true })
const side = fc.double({ min: 0.5, max: 150, noNaN: true })
const rotation = fc.option(fc.double({ min: -720, max: 720, noNaN: true }), { nil: 0 })
const box = fc.record({ x: place, y: place, width: side, height: side, rotation })
const named = fc.tuple(label, score).map(([label, score]) => ({ label, ...score }))

const detection = fc.tuple(named, box).map(([named, box]): Finding => ({ kind: 'detection', ...named, box }))
const mask = fc.tuple(named, fc.uint8Array({ minLength: 200, maxLength: 200, max: 1 })).map(
  ([named, bits]): Finding => ({
    kind: 'mask',
    ...named,
    mask: {
      width: 200,
      height: 100,
      data: Uint8Array.from(
        { length: 20_000 },
        (_, i) => bits[Math.floor(i / 2000) * 20 + (Math.floor(i / 10) % 20)] ?? 0,
      ),
    },
  }),
)
const pose = fc
  .tuple(named, fc.array(fc.record({ x: place, y: place }), { minLength: 2, maxLength: 5 }))
  .map(([named, points]): Finding => ({ kind: 'pose', ...named, points }))
const span = fc
  .tuple(named, fc.integer({ min: -1, max: 30 }), fc.integer({ min: -1, max: 30 }))
  .map(([named, start, end]): Finding => ({ kind: 'span', ...named, start, end }))
const classes = fc.array(named, { maxLength: 4 }).map((classes): Finding => ({ kind: 'classification', classes }))

const labels = '<Label value="A"/><Label value="B"/>'
const choices = '<Choice value="A"/><Choice value="B"/>'
const drawn = [
  'RectangleLabels',
  'EllipseLabels',
  'PolygonLabels',
  'KeyPointLabels',
  'BrushLabels',
  'BitmaskLabels',
  'VectorLabels',
]
const plain = ['Rectangle', 'Ellipse', 'Polygon', 'KeyPoint', 'Brush']
const tagged = (tags: readonly string[], object: string, inside: string) =>
  tags.map((tag) => `<${tag} name="${tag}" toName="${object}">${inside}</${tag}>`).join('')

function finished(xml: string, surface: Surface, findings: readonly Finding[]) {
  const config = parseConfig(`<View>${xml}</View>`)
  const [object] = config.objects.values()
  if (object === undefined) throw new Error('the config has no object')
  const draft = createDraft(config)
  const { issues } = renderFindings({
    config,
    draft,
    object,
    controls: [...config.controls.values()],
    surface,
    findings,
  })
  return { result: draft.finish().result, issues }
}

it('on pictures', () => {
  const configs = [
    `<Image name="i" value="$i"/>${tagged(drawn, 'i', labels)}${tagged(['Choices'], 'i', choices)}`,
    `<Image name="i" value="$i"/>${tagged(plain, 'i', '')}<Labels name="l" toName="i">${labels}</Labels>`,
  ]
  const findings = fc.array(fc.oneof(detection, mask, pose, classes), { maxLength: 6 })
  fc.assert(
    fc.property(fc.constantFrom(...configs), findings, (xml, findings) => {
      const { issues } = finished(xml, { width: 200, height: 100 }, findings)
      const known = new Set(['outside-picture', 'empty-mask', 'finding-not-shown'])
      expect(issues.filter(({ code }) => !known.has(code))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

it('on texts, pages and dialogues', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '😀', '\r\n', 'é'), maxLength: 25 })
  const findings = fc.array(fc.oneof(span, classes), { maxLength: 6 })
  fc.assert(
    fc.property(fc.constantFrom('Text', 'HyperText', 'Paragraphs'), text, findings, (tag, text, findings) => {
      const marks = { Text: 'Labels', HyperText: 'HyperTextLabels', Paragraphs: 'ParagraphLabels' }[tag] ?? ''
      const xml = `<${tag} name="t" value="$t"/>${tagged([marks], 't', labels)}${tagged(['Choices'], 't', choices)}`
      const utterances = text.split('\n').map((text) => ({ text }))
      const { issues } = finished(xml, { text, html: text.replaceAll('\n', '<br>'), utterances }, findings)
      const known = new Set(['offset-out-of-range', 'empty-span', 'invalid-span'])
      expect(issues.filter(({ code }) => !known.has(code))).toEqual([])
    }),
    {
      numRuns: 150,
      examples: [['Text', '😀😀', [{ kind: 'span', label: 'A', start: 3, end: 4 }]]],
    },
  )
})
