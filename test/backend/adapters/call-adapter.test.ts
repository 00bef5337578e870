import { expect, it } from 'vitest'
import type { Item } from '../../../src/adapters/adapter.js'
import { callAdapter } from '../../../src/backend/adapters/call-adapter.js'
import { createCancellation } from '../../../src/cancellation.js'
import { parseConfig } from '../../../src/config/index.js'
import type { TextInput } from '../../../src/media/inputs.js'
import { recordingLogger, TONE, toneAdapter } from '../harness.js'

it('stops to ask item by item when nobody waits any more', async () => {
  const cancellation = createCancellation()
  let calls = 0
  const adapter = toneAdapter({
    predict(items) {
      if (items.length > 1) throw new Error('too many')
      calls += 1
      if (calls === 2) cancellation.abort()
      return items.map(() => [])
    },
  })
  const objects = [...parseConfig(TONE).objects.values()]
  const text: TextInput = { kind: 'text', text: 'x' }
  const items = Array.from({ length: 8 }, () =>
    objects.map((object): Item => ({ task: { data: {} }, object, controls: [], input: text, inputs: [] })),
  ).flat()
  const context = { model: undefined, signal: cancellation, logger: recordingLogger().logger }
  const outcomes = await callAdapter(adapter, items, context, { option: 'adapterMs', ms: 1000 })
  expect(calls).toBe(2)
  expect(outcomes.map((outcome) => outcome instanceof Error)).toEqual([false, false, ...Array(6).fill(true)])
})
