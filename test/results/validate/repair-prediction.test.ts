import { describe, expect, it } from 'vitest'
import { repairPrediction, validateBatch, validatePrediction } from '../../../src/results/index.js'
import { config, surfaces, task } from '../arbitrary-saying.js'

const rectangle = (id: string, value: object) => ({
  id,
  from_name: 'rectanglelabels',
  to_name: 'img',
  type: 'rectanglelabels',
  value: { x: 10, y: 10, width: 20, height: 20, rotation: 0, rectanglelabels: ['Car'], ...value },
  original_width: 37,
  original_height: 23,
})
const text = (id: string) => ({
  id,
  from_name: 'transcription',
  to_name: 'img',
  type: 'textarea',
  value: { text: ['a'] },
})
const good = rectangle('good', {})
const wide = rectangle('wide', { x: 90, width: 30 })
const gone = rectangle('gone', { x: 190 })
const relation = { type: 'relation', from_id: 'good', to_id: 'gone', direction: 'right', labels: [] }
const prediction = { model_version: 'm', score: 0.5, result: [good, wide, gone, text('gone'), relation] }

describe('repairPrediction', () => {
  it('throws unless told otherwise', () => {
    expect(() => repairPrediction(config, prediction)).toThrow(expect.objectContaining({ code: 'invalid-prediction' }))
  })

  it('drops a region with all that hangs on it', () => {
    const repaired = repairPrediction(config, prediction, { invalid: 'drop' })
    expect(repaired.prediction).toEqual({ model_version: 'm', score: 0.5, result: [good, wide] })
    expect(repaired.dropped).toEqual([gone, text('gone'), relation])
    expect(repaired.issues).toMatchObject([
      { code: 'outside-picture', path: 'result[1].value.width' },
      { code: 'out-of-range', path: 'result[2].value.x' },
    ])
  })

  it('brings shapes inside, and drops what is wholly outside', () => {
    const { prediction: clamped, dropped } = repairPrediction(config, prediction, { invalid: 'clamp' })
    expect(clamped.result).toMatchObject([{ id: 'good' }, { id: 'wide', value: { x: 90, width: 10 } }])
    expect(dropped).toEqual([gone, text('gone'), relation])
    expect(validatePrediction(config, clamped)).toEqual([])
  })

  it('sets a whole prediction aside', () => {
    expect(repairPrediction(config, prediction, { invalid: 'quarantine' })).toMatchObject({
      prediction: { result: [] },
      dropped: prediction.result,
    })
  })

  it('leaves a right prediction as it is', () => {
    const right = { result: [good] }
    for (const invalid of ['throw', 'drop', 'clamp', 'quarantine'] as const)
      expect(repairPrediction(config, right, { invalid })).toEqual({ prediction: right, issues: [], dropped: [] })
  })

  it('makes something of what is no prediction', () => {
    expect(repairPrediction(config, 'x', { invalid: 'drop' }).prediction).toEqual({ result: [] })
  })
})

describe('validateBatch', () => {
  it('wants one entry for each task', () => {
    expect(validateBatch(config, [task, task], [{ result: [] }], { surfaces })).toMatchObject([
      { code: 'entry-count', path: 'results' },
    ])
    expect(validateBatch(config, [task], [prediction])).toMatchObject([
      { path: 'results[0].result[1].value.width' },
      { path: 'results[0].result[2].value.x' },
    ])
  })
})
