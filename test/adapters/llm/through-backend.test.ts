import { expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { validatePrediction } from '../../../src/results/index.js'
import { cases } from './control-cases.js'
import { predictCase } from './predict-cases.js'

it.each(Object.entries(cases))('%s becomes results that the config allows', async (_, given) => {
  const prediction = await predictCase(given)
  const results = prediction.result.map((result) =>
    Object.fromEntries(Object.entries(result).filter(([key]) => key !== 'id')),
  )
  expect(results).not.toEqual([])
  expect(results).toMatchSnapshot()
  const issues = validatePrediction(parseConfig(given.xml), prediction, { task: { id: 1, data: given.data } })
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([])
})
