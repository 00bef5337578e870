import { expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { validatePrediction } from '../../../src/results/index.js'
import { askHead, HEADS, PAIRS } from './every-control.js'

it.each(PAIRS)('%s fills %s with results that Label Studio takes', async (head, _, controls) => {
  const { xml, prediction, results, report } = await askHead(head, controls)
  expect(report.controls.find(({ control }) => control === 'control')?.filledBy).toHaveLength(1)
  expect(results.some(({ from_name }) => from_name === 'control')).toBe(true)
  expect(validatePrediction(parseConfig(xml), prediction, { serverValidation: true })).toEqual([])
})

it('names heads as they are recognised', async () => {
  for (const head of Object.keys(HEADS).filter((name) => name !== 'classify')) {
    const [, , controls] = PAIRS.find(([name]) => name === head) ?? ['', '', '']
    const [kind, task] = head.split(' ')
    const { report } = await askHead(head, controls)
    expect(report.controls[0]?.filledBy[0]?.summary).toContain(`yolo ${task} (${kind})`)
  }
})
