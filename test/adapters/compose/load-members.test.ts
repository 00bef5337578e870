import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Adapter } from '../../../src/adapters/adapter.js'
import { disposeMembers, loadMembers } from '../../../src/adapters/compose/load-members.js'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'

function member(name: string, parts: Pick<Adapter, 'load' | 'dispose'> = {}): Adapter {
  return defineAdapter({ name, version: '1', fills: { Labels: ['Text'] }, predict: () => [], ...parts })
}

test('members load at the same time, and give their models in their own order', async () => {
  const steps: string[] = []
  const loading = (name: string) =>
    member(name, {
      async load() {
        steps.push(`${name} begins`)
        await setImmediate()
        steps.push(`${name} ends`)
        return name
      },
    })
  expect(await loadMembers([loading('a'), member('without'), loading('b')])).toEqual(['a', undefined, 'b'])
  expect(steps).toEqual(['a begins', 'b begins', 'a ends', 'b ends'])
})

test('when one fails, those that loaded are freed, also one that had not come to its end by then', async () => {
  const freed: unknown[] = []
  const dispose = (model: unknown) => void freed.push(model)
  const members = [
    member('slow', { load: () => setImmediate('slow'), dispose }),
    member('broken', { load: () => Promise.reject(new Error('broken')), dispose }),
    member('stubborn', { load: () => 'stubborn', dispose: () => Promise.reject(new Error('stays')) }),
    member('quick', { load: () => 'quick', dispose }),
  ]
  await expect(loadMembers(members)).rejects.toThrow('broken')
  expect(freed.sort()).toEqual(['quick', 'slow'])
})

test('all are freed, and the first that could not be is told', async () => {
  const freed: unknown[] = []
  const dispose = (model: unknown) => void freed.push(model)
  const broken = member('broken', {
    dispose() {
      throw new Error('stays')
    },
  })
  const freeing = disposeMembers([broken, member('without'), member('last', { dispose })], ['a', undefined, 'b'])
  await expect(freeing).rejects.toThrow('stays')
  expect(freed).toEqual(['b'])
})
