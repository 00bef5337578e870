import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { boxIou, rectangleToBox } from '../../../src/results/geometry/index.js'
import type { Finding } from '../../../src/results/index.js'
import { render } from './render.js'

const RectangleValue = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  rotation: z.number(),
})
const photo = { width: 200, height: 100 }
const boxes = `<Image name="photo" value="$image"/>
  <RectangleLabels name="box" toName="photo" model_score_threshold="0.3">
    <Label value="Car" predicted_values="car,van"/> <Label value="Bus" score_threshold="0.8"/>
  </RectangleLabels>`

describe('detections', () => {
  it('become rectangles with the label of their class, turned about their corner', () => {
    const { results, issues } = render(boxes, photo, [
      { kind: 'detection', label: 'van', score: 0.9, box: { x: 20, y: 10, width: 100, height: 50 } },
      {
        kind: 'detection',
        label: 'Car',
        box: { x: 0.1, y: 0.4, width: 0.25, height: 0.25, rotation: 90 },
        unit: 'fraction',
      },
    ])
    expect(issues).toEqual([])
    expect(results).toMatchObject([
      {
        from_name: 'box',
        to_name: 'photo',
        type: 'rectanglelabels',
        value: { x: 10, y: 10, width: 50, height: 50, rotation: 0, rectanglelabels: ['Car'] },
        score: 0.9,
        original_width: 200,
        original_height: 100,
      },
      { value: { width: 25, height: 25, rotation: 90, x: expect.closeTo(28.75), y: expect.closeTo(27.5) } },
    ])
  })

  it('are left out without a label or below the threshold of label or control', () => {
    const box = { x: 0, y: 0, width: 10, height: 10 }
    const findings: Finding[] = [
      { kind: 'detection', label: 'person', score: 0.99, box },
      { kind: 'detection', label: 'car', score: 0.29, box },
      { kind: 'detection', label: 'bus', score: 0.79, box },
      { kind: 'detection', label: 'bus', score: 0.8, box },
    ]
    expect(render(boxes, photo, findings).results).toMatchObject([{ score: 0.8 }])
    expect(render(boxes, photo, findings, { thresholds: { Bus: 0.5, '*': 0.9 } }).results).toMatchObject([
      { score: 0.79 },
      { score: 0.8 },
    ])
    expect(render(boxes, photo, findings, { thresholds: 0.1 }).results).toMatchObject([{ score: 0.29 }, { score: 0.8 }])
  })

  it('that no control can show are issues', () => {
    const detection: Finding = { kind: 'detection', label: 'car', box: { x: 0, y: 0, width: 1, height: 1 } }
    const choices =
      '<Image name="photo" value="$image"/><Choices name="c" toName="photo"><Choice value="car"/></Choices>'
    expect(render(choices, photo, [detection])).toMatchObject({
      results: [],
      issues: [{ code: 'finding-not-shown', path: 'findings[0]', severity: 'error' }],
    })
    expect(render(boxes, photo, [{ ...detection, control: 'other' }]).issues).toMatchObject([
      { code: 'finding-not-shown', message: expect.stringContaining('"other"') },
    ])
    expect(render(boxes, {}, [detection])).toMatchObject({ results: [], issues: [{ code: 'surface-unknown' }] })
  })

  it('are cut at the edge of the picture, and refused outside of it', () => {
    const over: Finding = { kind: 'detection', label: 'car', box: { x: -10, y: 90, width: 30, height: 30 } }
    const outside: Finding = { kind: 'detection', label: 'car', box: { x: 210, y: 0, width: 30, height: 30 } }
    const { results, issues } = render(boxes, photo, [over, outside])
    expect(results).toMatchObject([{ value: { x: 0, y: 90, width: 10, height: 10 } }])
    expect(issues).toMatchObject([{ code: 'outside-picture', path: 'findings[1]' }])
  })

  it('that are turned and go over the edge are told from a corner inside', () => {
    const box = { x: 150, y: 40, width: 40, height: 20, rotation: 100 }
    const over = { ...box, x: 175, y: 5 }
    const { results, issues } = render(boxes, photo, [
      { kind: 'detection', label: 'car', box },
      { kind: 'detection', label: 'car', box: over },
    ])
    expect(issues).toEqual([])
    const [inside, edge] = results.map(({ value }) => value)
    expect(inside).toMatchObject({ rotation: 100, width: 20 })
    expect(edge).toMatchObject({ rotation: 280, width: 20, height: 20 })
    const { x, y, width, height, rotation } = RectangleValue.parse(edge)
    expect(boxIou(rectangleToBox({ x, y, width, height, rotation }, photo), over)).toBeCloseTo(1, 6)
  })

  it('go to the page they are on', () => {
    const detection: Finding = { kind: 'detection', label: 'car', box: { x: 0, y: 0, width: 1, height: 1 } }
    expect(render(boxes, photo, [detection], { itemIndex: 2 }).results).toMatchObject([
      { item_index: 2, original_width: 200 },
    ])
  })
})

describe('classifications', () => {
  const choices = (kind: string) =>
    `<Text name="t" value="$text"/><Choices name="c" toName="t" choice="${kind}" score_threshold="0.5">
      <Choice value="Good" alias="g"/><Choice value="Bad"/></Choices>`
  const classes = [
    { label: 'other', score: 1 },
    { label: 'bad', score: 0.9 },
    { label: 'good', score: 0.6 },
  ]

  it('become the best choice, or all of them', () => {
    const findings: Finding[] = [{ kind: 'classification', classes }]
    expect(render(choices('single'), { text: 'x' }, findings).results).toMatchObject([
      { type: 'choices', value: { choices: ['Bad'] }, score: 0.9 },
    ])
    expect(render(choices('multiple'), { text: 'x' }, findings).results).toMatchObject([
      { value: { choices: ['Bad', 'g'] }, score: 0.9 },
    ])
  })

  it('say nothing when no class is sure enough', () => {
    const findings: Finding[] = [{ kind: 'classification', classes: [{ label: 'good', score: 0.1 }] }]
    expect(render(choices('single'), { text: 'x' }, findings)).toEqual({ results: [], issues: [] })
  })
})

describe('spans', () => {
  it('land on Text in code points', () => {
    const text = '😀 Anna\r\nBo'
    const xml = '<Text name="t" value="$text"/><Labels name="l" toName="t"><Label value="PER"/></Labels>'
    const { results, issues } = render(xml, { text }, [
      { kind: 'span', label: 'per', start: 3, end: 7, score: 0.5 },
      { kind: 'span', label: 'per', start: 9, end: 11 },
    ])
    expect(issues).toEqual([])
    expect(results).toMatchObject([
      { type: 'labels', value: { start: 2, end: 6, text: 'Anna', labels: ['PER'] }, score: 0.5 },
      { value: { start: 8, end: 10, text: 'Bo' } },
    ])
  })

  it('outside the text are issues, and the others are kept', () => {
    const xml = '<Text name="t" value="$text"/><Labels name="l" toName="t"><Label value="PER"/></Labels>'
    const { results, issues } = render(xml, { text: 'Bo' }, [
      { kind: 'span', label: 'PER', start: 1, end: 3 },
      { kind: 'span', label: 'PER', start: 0, end: 2 },
    ])
    expect(issues).toMatchObject([{ code: 'offset-out-of-range', path: 'findings[0]' }])
    expect(results).toHaveLength(1)
  })

  it('land on HyperText with xpaths and global offsets', () => {
    const html = '<p>😀</p><p>Hi <b>Anna</b></p>'
    const xml =
      '<HyperText name="t" value="$html"/><HyperTextLabels name="l" toName="t"><Label value="PER"/></HyperTextLabels>'
    expect(
      render(xml, { text: '😀Hi Anna', html }, [{ kind: 'span', label: 'PER', start: 5, end: 9 }]).results,
    ).toMatchObject([
      {
        type: 'hypertextlabels',
        value: {
          start: '/p[2]/b[1]/text()[1]',
          end: '/p[2]/b[1]/text()[1]',
          startOffset: 0,
          endOffset: 4,
          globalOffsets: { start: 4, end: 8 },
          text: 'Anna',
          hypertextlabels: ['PER'],
        },
      },
    ])
  })

  it('land on Paragraphs by utterance, in UTF-16 units', () => {
    const xml =
      '<Paragraphs name="t" value="$d"/><ParagraphLabels name="l" toName="t"><Label value="PER"/></ParagraphLabels>'
    const surface = { utterances: [{ text: 'Hi' }, { text: '😀 Anna' }] }
    const findings: Finding[] = [
      { kind: 'span', label: 'PER', utterance: 1, start: 3, end: 7 },
      { kind: 'span', label: 'PER', start: 1, end: 5 },
      { kind: 'span', label: 'PER', utterance: 0, start: 0, end: 3 },
    ]
    const { results, issues } = render(xml, surface, findings)
    expect(results).toMatchObject([
      { value: { start: '1', end: '1', startOffset: 3, endOffset: 7, text: 'Anna', paragraphlabels: ['PER'] } },
      { value: { start: '0', end: '1', startOffset: 1, endOffset: 2 } },
    ])
    expect(issues).toMatchObject([{ code: 'offset-out-of-range', path: 'findings[2]' }])
  })
})
