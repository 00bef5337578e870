import { describe, expect, it } from 'vitest'
import { cases } from '../../adapters/llm/control-cases.js'
import { predictCase } from '../../adapters/llm/predict-cases.js'
import { askSdk, python } from '../results/sdk-oracle.js'

if (python === undefined) console.log('skipped: PRELABEL_PYTHON names no python with label-studio-sdk')

describe.skipIf(python === undefined)('the validator of the Python SDK', () => {
  it('takes what a language model says of every kind of control', async () => {
    const names = Object.keys(cases)
    const questions = await Promise.all(
      Object.values(cases).map(async (given) => ({ config: given.xml, prediction: await predictCase(given) })),
    )
    const verdicts = askSdk(questions)
    expect(Object.fromEntries(names.map((name, index) => [name, verdicts[index]?.errors]))).toEqual(
      Object.fromEntries(names.map((name) => [name, []])),
    )
  })
})
