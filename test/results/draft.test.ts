import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/index.js'
import { createDraft, validatePrediction } from '../../src/results/index.js'

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
