import { expect, it } from 'vitest'
import { askHead, PAIRS } from '../../adapters/yolo/every-control.js'
import { askSdk, python } from '../results/sdk-oracle.js'

if (python === undefined) console.info('skipped: PRELABEL_PYTHON names no python with label-studio-sdk')

/** Tags that the SDK has never heard of, so that it refuses whatever is said with them. */
const UNKNOWN_THERE = /^Bitmask/

it.skipIf(python === undefined)('the validator of the Python SDK takes every head on every control', async () => {
  const known = PAIRS.filter(([, control]) => !UNKNOWN_THERE.test(control))
  console.info(`not asked of the SDK, which lacks their tags: ${PAIRS.length - known.length} pairs with bitmasks`)
  const asked = []
  for (const [head, control, controls] of known) {
    const { xml: config, prediction } = await askHead(head, controls)
    asked.push({ name: `${head} on ${control}`, question: { config, prediction } })
  }
  const verdicts = askSdk(asked.map(({ question }) => question))
  expect(asked.map(({ name }, index) => [name, verdicts[index]?.errors])).toEqual(asked.map(({ name }) => [name, []]))
  expect(asked.length).toBeGreaterThan(70)
})
