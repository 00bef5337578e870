/** Which requests are the same, and which must not get each other's answer. */

import { describe, expect, it } from 'vitest'
import type { Item } from '../../../src/adapters/adapter.js'
import { compose } from '../../../src/adapters/compose/index.js'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import type { Adapter } from '../../../src/index.js'
import { post, quietBackend, TONE } from '../harness.js'

/** Says Positive of what `isPositive` of, and counts what it is asked. */
function judge(isPositive: (item: Item) => boolean, options: Pick<Adapter, 'reads'> = {}) {
  const asked: unknown[] = []
  const adapter = defineAdapter({
    name: 'judge',
    version: '1.0.0',
    fills: { Choices: ['Text'] },
    ...options,
    predict: (items) =>
      items.map((item) => {
        asked.push(item.task.id)
        return [{ kind: 'classification', classes: [{ label: isPositive(item) ? 'Positive' : 'Negative' }] }]
      }),
  })
  return { adapter, asked }
}

function asking(adapter: Adapter) {
  const backend = quietBackend({ adapters: [adapter] })
  return async (tasks: readonly object[], project?: string) => {
    const { body } = await post(backend, '/predict', { tasks, label_config: TONE, project })
    return Object(body).results.map((one: unknown) => Object(one).result[0].value.choices[0])
  }
}

const data = { text: 'x' }
const kindOf = ({ task }: Item) => Object(task.meta).kind

describe('an answer', () => {
  it('is given again to tasks with the same data and meta', async () => {
    const { adapter, asked } = judge(() => true)
    const ask = asking(adapter)
    await ask([{ id: 1, data, meta: { kind: 'a' } }], '1.1')
    await ask([{ id: 2, data, meta: { kind: 'a' }, annotations: [{ id: 5 }] }], '1.1')
    expect(asked).toEqual([1])
  })

  it('is not given to a task with other meta, in one list or after another', async () => {
    const ask = asking(judge((item) => kindOf(item) === 'good').adapter)
    const tasks = ['good', 'bad'].map((kind, id) => ({ id, data, meta: { kind } }))
    expect(await ask(tasks)).toEqual(['Positive', 'Negative'])
    expect(await ask(tasks.slice(1))).toEqual(['Negative'])
    expect(await ask(tasks.slice(0, 1))).toEqual(['Positive'])
  })

  it('is not given to another project, to which its files may be closed', async () => {
    const ask = asking(judge(({ project, task }) => project === '1' || Object(task).project === 1).adapter)
    expect(await ask([{ id: 1, data }], '1.17')).toEqual(['Positive'])
    expect(await ask([{ id: 2, data }], '2.17')).toEqual(['Negative'])
    expect(await ask([{ id: 3, data, project: 1 }])).toEqual(['Positive'])
    expect(await ask([{ id: 4, data, project: 2 }])).toEqual(['Negative'])
  })

  it('is not given to another task where the adapter reads all of it', async () => {
    const { adapter, asked } = judge(({ task }) => Object(task).annotations.length > 0, { reads: 'task' })
    const ask = asking(adapter)
    const first = { id: 1, data, annotations: [] }
    expect(await ask([first, { ...first, annotations: [{ id: 5 }] }])).toEqual(['Negative', 'Positive'])
    expect(await ask([first])).toEqual(['Negative'])
    expect(asked).toEqual([1, 1])
  })

  it('is not given to another task where one adapter of a composition reads all of it', async () => {
    const { adapter } = judge(({ task }) => task.id === 1, { reads: 'task' })
    const quiet = {
      ...judge(() => false).adapter,
      name: 'quiet',
      predict: (items: readonly Item[]) => items.map(() => []),
    }
    const ask = asking(compose({ adapters: [adapter, quiet] }))
    expect(
      await ask([
        { id: 1, data },
        { id: 2, data },
      ]),
    ).toEqual(['Positive', 'Negative'])
  })

  it('depends on what is declared and nothing else', () => {
    const misspelled = JSON.parse('{"reads": "meta"}')
    expect(() => judge(() => true, misspelled)).toThrow(expect.objectContaining({ code: 'invalid-adapter' }))
  })
})
