import { describe, expect, it } from 'vitest'
import type { Adapter, FitEvent } from '../../../src/adapters/adapter.js'
import { compose } from '../../../src/adapters/compose/index.js'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import { parseConfig } from '../../../src/config/index.js'

const config = parseConfig(
  '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="A"/></Choices></View>',
)
const quiet = () => undefined
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet }

function member(name: string, fit: NonNullable<Adapter['fit']>) {
  return defineAdapter({ name, version: '1.0.0', fills: { Choices: ['Text'] }, predict: () => [], fit })
}

const event = (action: string, more: Partial<FitEvent> = {}): FitEvent => ({
  action,
  project: '6',
  controls: [...config.controls.values()],
  annotations: [],
  ...more,
})

const fails = member('fails', () => Promise.reject(new Error('no network')))
const counts = member('counts', (_, { remembered }) => ({ events: (Object(remembered).events ?? 0) + 1 }))

describe('a composition of which one member fails to learn', () => {
  it('remembers what the others learnt from an event', async () => {
    const joint = compose({ adapters: [fails, counts] })
    expect(await joint.fit?.(event('ANNOTATION_CREATED'), { remembered: undefined, logger })).toEqual({
      counts: { events: 1 },
    })
  })

  it('fails with extra params, so that they are learnt from once more', async () => {
    const joint = compose({ adapters: [counts, fails] })
    await expect(joint.fit?.(event('SETUP'), { remembered: undefined, logger })).rejects.toThrow('no network')
  })

  it('keeps what that one remembered, whatever it did to it', async () => {
    const spoils = member('spoils', (_, { remembered }) => {
      Object(remembered).good = false
      throw new Error('no disk')
    })
    const changes = member('changes', (_, { remembered }) => {
      Object(remembered).good = false
      return undefined
    })
    const remembered = { spoils: { good: true }, changes: { good: true } }
    const joint = compose({ adapters: [spoils, changes, counts] })
    expect(await joint.fit?.(event('ANNOTATION_CREATED'), { remembered, logger })).toEqual({
      spoils: { good: true },
      changes: { good: true },
      counts: { events: 1 },
    })
  })

  it('takes what is not plain JSON for a failure of that one', async () => {
    const joint = compose({ adapters: [member('map', () => new Map()), counts] })
    const remembered = { map: 'before' }
    expect(await joint.fit?.(event('ANNOTATION_CREATED'), { remembered, logger })).toEqual({
      map: 'before',
      counts: { events: 1 },
    })
    const alone = compose({ adapters: [member('map', () => new Map())] })
    await expect(alone.fit?.(event('ANNOTATION_CREATED'), { remembered, logger })).rejects.toMatchObject({
      code: 'fit-not-json',
    })
  })
})

it('members of a composition are told what was deleted', async () => {
  const seen: unknown[] = []
  const joint = compose({ adapters: [member('seeing', (one) => void seen.push(one.deletedTasks)), counts] })
  await joint.fit?.(event('TASKS_DELETED', { deletedTasks: [3] }), { remembered: undefined, logger })
  expect(seen).toEqual([[3]])
})
