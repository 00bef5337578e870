/** What the tests of learning share: an adapter that says what it remembers, and Label Studio's way of telling it. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Adapter, FitEvent } from '../../../src/adapters/adapter.js'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import type { Backend, BackendOptions } from '../../../src/backend/index.js'
import { post, quietBackend, TONE } from '../harness.js'

export const project = { id: 6, title: 'Tickets', label_config: TONE }
export const task = { id: 3, data: { text: 'x' } }
export const created = (label: string) => ({
  action: 'ANNOTATION_CREATED',
  project,
  annotation: { id: 8, result: [{ from_name: 'tone', value: { choices: [label] } }], was_cancelled: false },
  task,
})

/** Says what it remembers of the project, and remembers the choice of the last annotation. */
export function parrot(options: Partial<Adapter> = {}) {
  const events: FitEvent[] = []
  const adapter = defineAdapter({
    name: 'parrot',
    version: '1.0.0',
    fills: { Choices: ['Text'] },
    predict: (items) =>
      items.map(({ remembered }) => [
        { kind: 'classification', classes: [{ label: String(Object(remembered).label ?? 'Negative') }] },
      ]),
    fit(event, { remembered }) {
      events.push(event)
      if (event.action === 'SETUP') return event.extraParams
      const [result] = event.annotations[0]?.results ?? []
      const [label] = Object(Object(result).value).choices ?? []
      return label === 'forget' ? null : label === undefined ? remembered : { label }
    },
    ...options,
  })
  return { adapter, events }
}

export const setup = (backend: Backend, id = '6.1795299628', extra_params: unknown = null) =>
  post(backend, '/setup', { project: id, schema: TONE, extra_params }).then(({ body }) => Object(body).model_version)

export const predict = async (backend: Backend, id = '6.1795299628') => {
  const { body } = await post(backend, '/predict', { tasks: [task], project: id, label_config: TONE })
  const [{ result, model_version }] = Object(body).results
  return [result[0].value.choices[0], model_version]
}

/** Waits until the job of an event has ended, and says how. */
export const jobOf = async (backend: Backend, event: object): Promise<string> =>
  (await endOf(backend, event)).job_status

/** The same, with why it failed. */
export async function endOf(backend: Backend, event: object): Promise<{ job_status: string; error: string }> {
  const { body } = await post(backend, '/webhook', event)
  for (;;) {
    const asked = await post(backend, '/job_status', { job: Object(body).job })
    const ended = Object(asked.body)
    if (ended.job_status !== 'started') return ended
    await new Promise((resolve) => setImmediate(resolve))
  }
}

export const start = (options: Partial<BackendOptions> = {}) =>
  quietBackend({ adapters: [parrot().adapter], ...options })

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'prelabel-state-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

/** Work that goes on until it is told to end. */
export function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, passed }
}

/** Lets what can go on do so. */
export async function turns(count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
