import { describe, expect, it } from 'vitest'
import { controlThresholds } from '../../../src/adapters/detection/control-thresholds.js'
import { type ControlTag, parseConfig } from '../../../src/config/index.js'
import type { Detection } from '../../../src/results/findings.js'

const NAMES = ['car', 'bus', 'dog']
const OPTIONS = { scoreThreshold: 0.3, labelThresholds: {} }

function controls(inner: string): ControlTag[] {
  return [...parseConfig(`<View><Image name="photo" value="$image"/>${inner}</View>`).controls.values()]
}

const found = (label: string, score: number): Detection => ({
  kind: 'detection',
  label,
  score,
  box: { x: 0, y: 0, width: 9, height: 9 },
})
const rounded = (values: Float32Array) => [...values].map((value) => Math.round(value * 100) / 100)

describe('controlThresholds', () => {
  const two = controls(`
    <RectangleLabels name="sure" toName="photo"><Label value="Car"/></RectangleLabels>
    <RectangleLabels name="all" toName="photo" model_score_threshold="0.1">
      <Label value="Car"/> <Label value="Coach" predicted_values="bus" score_threshold="0.05"/>
    </RectangleLabels>`)

  it('looks down to what the most modest control or label asks for', () => {
    expect(rounded(controlThresholds(NAMES, two, two, OPTIONS).floors)).toEqual([0.1, 0.05, 0.1])
  })

  it('gives weak findings only to who asked for them', () => {
    const { assign } = controlThresholds(NAMES, two, two, OPTIONS)
    expect(assign([found('car', 0.9), found('car', 0.2), found('bus', 0.07), found('dog', 0.07)])).toEqual([
      found('car', 0.9),
      { ...found('car', 0.2), control: 'all' },
      { ...found('bus', 0.07), control: 'all' },
    ])
  })

  it('gives each control the classes that it asked for', () => {
    const { assign } = controlThresholds(NAMES, two, two, OPTIONS)
    const said = (...classes: readonly [string, number][]) => ({
      kind: 'classification' as const,
      classes: classes.map(([label, score]) => ({ label, score })),
    })
    expect(assign([said(['car', 0.9])])).toEqual([said(['car', 0.9])])
    expect(assign([said(['car', 0.9], ['bus', 0.07])])).toEqual([
      { ...said(['car', 0.9]), control: 'sure' },
      { ...said(['car', 0.9], ['bus', 0.07]), control: 'all' },
    ])
    expect(assign([said(['bus', 0.07])])).toEqual([{ ...said(['bus', 0.07]), control: 'all' }])
  })

  it('puts the adapter’s threshold for a class first', () => {
    const options = { ...OPTIONS, labelThresholds: { bus: 0.6 } }
    expect(rounded(controlThresholds(NAMES, two, two, options).floors)).toEqual([0.1, 0.6, 0.1])
  })

  it('takes a class that is named as members of every object are for what it is', () => {
    const [names, options] = [['constructor', 'toString'], { ...OPTIONS, labelMap: {} }]
    const [, labelled] = two
    const bound = labelled === undefined ? [] : [labelled]
    expect(rounded(controlThresholds(names, bound, bound, options).floors)).toEqual([0.1, 0.1])
  })

  it('leaves out controls that do not fit the model', () => {
    const [first] = two
    const { floors, assign } = controlThresholds(NAMES, two, two.slice(0, 1), OPTIONS)
    expect(rounded(floors)).toEqual([0.3, 0.3, 0.3])
    expect(assign([found('car', 0.9)])).toEqual([{ ...found('car', 0.9), control: first?.name }])
    expect(controlThresholds(NAMES, two, [], OPTIONS).assign([found('car', 0.9)])).toEqual([])
  })
})
