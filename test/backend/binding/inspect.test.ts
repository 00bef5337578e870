/** Models that cannot be inspected. */

import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ModelInfo } from '../../../src/adapters/adapter.js'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import { formatReport } from '../../../src/backend/index.js'
import { PrelabelError } from '../../../src/errors.js'
import { get, post, predictBody, quietBackend, recordingLogger, TONE, toneAdapter } from '../harness.js'

const BOTH = TONE.replace('</View>', '<TextArea name="note" toName="message"/></View>')
const WHY = 'the model of the adapter writer could not be inspected: no such file'

/** Fills what `tone` does not; inspected as it is told. */
function writer(
  inspect: () => ModelInfo | Promise<ModelInfo>,
  fills: Record<string, string[]> = { TextArea: ['Text'] },
) {
  const predict = vi.fn((items: readonly unknown[]) => items.map(() => [{ kind: 'text', text: 'said' } as const]))
  return defineAdapter({ name: 'writer', version: '1.0.0', fills, inspect, predict })
}

const fails = () => {
  throw new Error('no such file')
}
const hangs = () => new Promise<never>(() => undefined)

const valuesOf = (body: unknown) =>
  Object(body).results[0].result?.map(({ from_name }: { from_name: string }) => from_name)

describe('a model that cannot be inspected', () => {
  it.each([
    ['of another object', { TextArea: ['Image'] }],
    ['of another control', { RectangleLabels: ['Text'] }],
  ])('does not concern a project that needs none such: %s', async (_, fills) => {
    for (const inspect of [fails, hangs]) {
      const backend = quietBackend({ adapters: [writer(inspect, fills), toneAdapter()] })
      expect((await post(backend, '/setup', { project: '1.1', schema: BOTH })).status).toBe(200)
      expect((await post(backend, '/predict', predictBody(['happy'], BOTH))).body).toMatchObject({
        results: [{ result: [{ from_name: 'tone' }] }],
      })
      expect((await get(backend, '/versions')).status).toBe(200)
    }
  })

  it('is refused its controls, and the others go on', async () => {
    const { logger, entries } = recordingLogger()
    const backend = quietBackend({ logger, adapters: [writer(fails), toneAdapter()] })
    const { status, body } = await post(backend, '/setup', { project: '1.1', schema: BOTH })
    expect(status).toBe(200)
    const predicted = await post(backend, '/predict', predictBody(['happy'], BOTH))
    expect(predicted.body).toMatchObject({
      results: [{ result: [{ from_name: 'tone' }], model_version: Object(body).model_version }],
    })
    const report = await backend.report(BOTH)
    expect(report.controls).toMatchObject([
      { control: 'tone', filledBy: [{ adapter: 'tone' }] },
      {
        control: 'note',
        filledBy: [],
        refused: [{ adapter: 'writer', code: 'adapter-inspect-failed', reason: WHY }, {}],
      },
    ])
    expect(formatReport(report)).toContain(`note <TextArea> is not filled\n  writer: ${WHY}\n`)
    expect(entries).toContainEqual({
      level: 'error',
      message: 'model not inspected',
      fields: {
        adapter: 'writer',
        err: expect.objectContaining({
          code: 'adapter-inspect-failed',
          cause: { name: 'Error', message: 'no such file' },
        }),
      },
    })
  })

  it('is asked again after a while, without anybody waiting for it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    let inspect: () => ModelInfo | Promise<ModelInfo> = fails
    const backend = quietBackend({ adapters: [writer(() => inspect()), toneAdapter()] })
    const ask = async () => valuesOf((await post(backend, '/predict', predictBody(['happy'], BOTH))).body)
    expect(await ask()).toEqual(['tone'])
    let inspected = (_: ModelInfo) => {}
    inspect = () =>
      new Promise((resolve) => {
        inspected = resolve
      })
    expect(await ask()).toEqual(['tone'])
    vi.setSystemTime(Date.now() + 60_000)
    expect(await ask()).toEqual(['tone'])
    inspected({})
    await expect.poll(ask).toEqual(['note', 'tone'])
  })

  it('fails a project that it leaves with nothing, until it can be', async () => {
    let inspect: () => ModelInfo = () => {
      throw new PrelabelError('no such file', { code: 'model-missing', hint: 'Put it there.' })
    }
    const backend = quietBackend({ adapters: [writer(() => inspect())] })
    const error = { code: 'adapter-inspect-failed', message: WHY, hint: 'Put it there.' }
    expect(await post(backend, '/setup', { project: '1.1', schema: BOTH })).toMatchObject({
      status: 503,
      body: { error },
    })
    expect((await post(backend, '/predict', predictBody(['happy'], BOTH))).body).toMatchObject({
      results: [[]],
      errors: [error],
    })
    inspect = () => ({})
    expect((await post(backend, '/setup', { project: '1.1', schema: BOTH })).status).toBe(200)
    expect(valuesOf((await post(backend, '/predict', predictBody(['happy'], BOTH))).body)).toEqual(['note'])
  })

  it('says of a control what it throws, in its own words where they are meant for people', async () => {
    const refusals = async (thrown: Error) => {
      const inspectControl = () => {
        throw thrown
      }
      const adapter = { ...writer(() => ({})), inspectControl }
      const { controls } = await quietBackend({ adapters: [adapter, toneAdapter()] }).report(BOTH)
      return controls[1]?.refused[0]
    }
    expect(await refusals(new Error('no such file'))).toEqual({
      adapter: 'writer',
      code: 'adapter-inspect-failed',
      reason: WHY,
    })
    expect(await refusals(new PrelabelError('it is skipped', { code: 'skipped' }))).toEqual({
      adapter: 'writer',
      code: 'skipped',
      reason: 'it is skipped',
    })
  })
})
