import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/index.js'
import { createDraft, type ScoreRule, validatePrediction } from '../../src/results/index.js'
import { createIdMaker } from '../../src/results/region-id.js'

const config = parseConfig(`<View>
  <Image name="photo" value="$image"/>
  <Text name="body" value="$text"/>
  <RectangleLabels name="vehicle" toName="photo"><Label value="Car"/><Label value="Bus" alias="bus"/></RectangleLabels>
  <Choices name="light" toName="photo"><Choice value="Day"/><Choice value="Night"/></Choices>
  <Labels name="ner" toName="body"><Label value="PER"/></Labels>
</View>`)
const task = { id: 1, data: { image: 'photo.jpg', text: '👍 Ada wrote' } }
const surfaces = { photo: { width: 200, height: 100 } }

describe('createDraft', () => {
  it('builds what Label Studio reads', () => {
    const draft = createDraft(config, { task, surfaces, modelVersion: 'm1' })
    draft.control('vehicle').rectangle({ label: 'Car', x: 20, y: 10, width: 50, height: 25, unit: 'pixel', score: 0.9 })
    draft.control('ner').span({ label: 'PER', start: 3, end: 6, score: 0.7 })
    draft.control('light').choose('Day')
    const prediction = draft.finish()
    expect(prediction).toMatchObject({
      model_version: 'm1',
      score: 0.8,
      result: [
        {
          from_name: 'vehicle',
          to_name: 'photo',
          type: 'rectanglelabels',
          value: { x: 10, y: 10, width: 25, height: 25, rotation: 0, rectanglelabels: ['Car'] },
          score: 0.9,
          original_width: 200,
          original_height: 100,
          image_rotation: 0,
        },
        {
          from_name: 'ner',
          to_name: 'body',
          type: 'labels',
          value: { start: 2, end: 5, text: 'Ada', labels: ['PER'] },
        },
        { from_name: 'light', to_name: 'photo', type: 'choices', value: { choices: ['Day'] } },
      ],
    })
    expect(validatePrediction(config, prediction, { task })).toEqual([])
  })

  it('gives the same ids to the same content, and distinct ones to equal regions', () => {
    const build = () => {
      const draft = createDraft(config, { task, surfaces })
      const box = { label: 'Car', x: 1, y: 2, width: 3, height: 4, unit: 'percent' } as const
      draft.control('vehicle').rectangle(box)
      draft.control('vehicle').rectangle(box)
      return draft.finish().result.map((result) => ('id' in result ? result.id : undefined))
    }
    const [first, second] = build()
    expect(build()).toEqual([first, second])
    expect(first).toMatch(/^[\w-]{10}$/)
    expect(second).not.toBe(first)
  })

  it('tells thousands of equal regions apart, the same way each time', () => {
    const build = (count: number) => {
      const draft = createDraft(config, { task, surfaces })
      const box = { label: 'Car', x: 1, y: 2, width: 3, height: 4, unit: 'percent' } as const
      for (let copy = 0; copy < count; copy++) draft.control('vehicle').rectangle(box)
      return draft.finish().result.map((result) => ('id' in result ? result.id : undefined))
    }
    const ids = build(5000)
    expect(new Set(ids).size).toBe(5000)
    expect(build(3)).toEqual(ids.slice(0, 3))
  })

  it('keeps clear of ids that were given', () => {
    const ids = createIdMaker()
    const [first, second] = [createIdMaker().idFor(undefined, 'a'), ids.idFor(undefined, 'b')]
    expect(ids.idFor(first, 'own')).toBe(first)
    expect([first, second]).not.toContain(ids.idFor(undefined, 'a'))
  })

  it('says where a finished prediction is wrong', () => {
    const draft = createDraft(config, { task })
    draft.control('vehicle').rectangle({ label: 'Truck', x: 1, y: 2, width: 104.2, height: 4, unit: 'percent' })
    expect(() => draft.finish()).toThrow('result[0].value.width: width is 104.2, must be at most 100')
  })

  it('refuses pixels of a picture whose size it does not know', () => {
    const vehicle = createDraft(config, { task }).control('vehicle')
    expect(() => vehicle.rectangle({ label: 'Car', x: 1, y: 2, width: 3, height: 4, unit: 'pixel' })).toThrow(
      expect.objectContaining({ code: 'unknown-picture-size' }),
    )
  })

  it('refuses a control that is not there, and a kind of result that the control does not have', () => {
    const draft = createDraft(config, { task })
    expect(() => draft.control('lihgt')).toThrow(expect.objectContaining({ code: 'unknown-control' }))
    expect(() => draft.control('light').span({ start: 0, end: 1 })).toThrow(
      expect.objectContaining({ code: 'wrong-result-kind' }),
    )
  })
})

describe('a draft', () => {
  it('names what a <Repeater> repeats', () => {
    const repeated = parseConfig(`<View><Repeater on="$pages" indexFlag="{{idx}}">
      <Image name="page_{{idx}}" value="$pages[{{idx}}].url"/>
      <RectangleLabels name="box_{{idx}}" toName="page_{{idx}}"><Label value="Car"/></RectangleLabels>
    </Repeater></View>`)
    const draft = createDraft(repeated, { surfaces: { page_3: { width: 10, height: 10 } }, serverValidation: true })
    draft.control('box_3').rectangle({ label: 'Car', x: 1, y: 1, width: 2, height: 2, unit: 'pixel' })
    const { prediction, issues } = draft.check()
    expect(prediction.result).toMatchObject([{ from_name: 'box_3', to_name: 'page_3', original_width: 10 }])
    expect(issues.map(({ code }) => code)).toEqual(['server-refuses'])
  })

  it('keeps the pages of a list apart', () => {
    const paged = parseConfig(`<View><Image name="scan" valueList="$pages"/>
      <RectangleLabels name="box" toName="scan"><Label value="Car"/></RectangleLabels></View>`)
    const pages = { data: { pages: ['a.png', 'b.png'] } }
    const draft = createDraft(paged, { task: pages, surfaces: { scan: [{ width: 10, height: 10 }] } })
    draft.surface('scan', { width: 20, height: 40 }, 1)
    const box = { label: 'Car', x: 1, y: 1, width: 2, height: 2, unit: 'pixel' } as const
    draft.control('box').rectangle({ ...box, itemIndex: 0 })
    draft.control('box').rectangle({ ...box, itemIndex: 1 })
    expect(draft.finish().result).toMatchObject([
      { item_index: 0, value: { x: 10, y: 10 } },
      { item_index: 1, value: { x: 5, y: 2.5 } },
    ])
    draft.control('box').rectangle({ ...box, unit: 'percent', itemIndex: 2 })
    expect(() => draft.finish()).toThrow(expect.objectContaining({ code: 'invalid-prediction' }))
  })

  it('sums up scores by the rule that it is given', () => {
    const scoreBy = (score: ScoreRule) => {
      const draft = createDraft(config, { task, score })
      const box = { label: 'Car', x: 1, y: 2, width: 3, height: 4, unit: 'percent' } as const
      draft.control('vehicle').rectangle({ ...box, score: 0.5 })
      draft.control('vehicle').rectangle({ ...box, score: 0.25 })
      draft.control('light').choose('Day')
      return draft.finish().score
    }
    const rules = ['mean', 'min', 'max', 'product'] as const
    expect(rules.map(scoreBy)).toEqual([0.375, 0.25, 0.5, 0.125])
    expect(scoreBy((scores) => scores.length / 10)).toBe(0.2)
  })

  it('clamps and drops when asked', () => {
    const draft = createDraft(config, { task, invalid: 'clamp' })
    const box = { label: 'Car', y: 2, width: 30, height: 4, unit: 'percent' } as const
    draft.control('vehicle').rectangle({ ...box, x: -10, score: 0.5 })
    draft.control('vehicle').rectangle({ ...box, x: 120, score: 0.25 })
    expect(draft.finish()).toMatchObject({ score: 0.5, result: [{ value: { x: 0, width: 20 } }] })
  })
})
