/** What an adapter says of itself is for people: where it fails to, nothing else does. */

import { expect, it, vi } from 'vitest'
import { get, post, predictBody, quietBackend, recordingLogger, toneAdapter } from './harness.js'

const fail = () => {
  throw new Error('cannot tell')
}

it('a status that throws costs no model', async () => {
  const { logger, entries } = recordingLogger()
  const load = vi.fn()
  const dispose = vi.fn()
  const backend = quietBackend({ logger, adapters: [{ ...toneAdapter({ load, dispose }), status: fail }] })
  for (const text of ['happy', 'happier'])
    expect((await post(backend, '/predict', predictBody([text]))).body).toMatchObject({ results: [{ result: [{}] }] })
  expect(await get(backend, '/ready')).toMatchObject({ status: 200, body: { models: { tone: [] } } })
  expect(entries).toContainEqual({
    level: 'warn',
    message: 'not told',
    fields: { adapter: 'tone', what: 'status', err: expect.objectContaining({ message: 'cannot tell' }) },
  })
  await backend.dispose()
  expect(load).toHaveBeenCalledOnce()
  expect(dispose).toHaveBeenCalledOnce()
})

it('a usage that throws costs no other metric', async () => {
  const costly = { ...toneAdapter({ name: 'costly' }), usage: () => ({ requests: 3 }) }
  const backend = quietBackend({ adapters: [{ ...toneAdapter(), usage: fail }, costly] })
  const { status, body } = await get(backend, '/metrics')
  expect(status).toBe(200)
  expect(body).toContain('prelabel_adapter_calls_total{adapter="costly"} 3')
  expect(body).not.toContain('adapter="tone"')
})
