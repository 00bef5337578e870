import { describe, expect, it } from 'vitest'
import type { FitContext, FitEvent } from '../../../src/adapters/adapter.js'
import { post, recordingLogger, TONE, toneAdapter } from '../harness.js'
import { created, folder, gate, jobOf, parrot, predict, project, setup, start, turns } from './learning.js'

const ID = '6.1795299628'

/** Fails until it is told otherwise, and remembers the extra params. */
function moody(name = 'parrot') {
  let works = false
  const params: unknown[] = []
  const { adapter } = parrot({
    name,
    fit({ action, extraParams }) {
      if (action !== 'SETUP') return undefined
      params.push(extraParams)
      if (!works) throw new Error('no network')
      return extraParams
    },
  })
  const mend = () => {
    works = true
  }
  return { adapter, params, mend }
}

describe('extra params that come while something is learnt from', () => {
  it('are learnt from afterwards, with what was learnt', async () => {
    const { open, passed } = gate()
    const order: string[] = []
    const { adapter } = parrot({
      async fit({ action, extraParams }: FitEvent, { remembered }: FitContext) {
        order.push(action)
        if (action === 'SETUP') return { ...Object(remembered), ...Object(extraParams) }
        await passed
        return { ...Object(remembered), trained: true }
      },
    })
    const backend = start({ adapters: [adapter], limits: { setupMs: 60_000 } })
    await setup(backend, ID, { label: 'Negative' })
    const trained = jobOf(backend, { action: 'START_TRAINING', project })
    await turns()
    const told = [setup(backend, ID, { label: 'Positive' }), setup(backend, ID, { label: 'Positive' })]
    await turns()
    open()
    expect(await trained).toBe('finished')
    const versions = await Promise.all(told)
    const [label, version] = await predict(backend)
    expect(label).toBe('Positive')
    expect(versions).toEqual([version, version])
    expect(order).toEqual(['SETUP', 'START_TRAINING', 'SETUP'])
  })

  it('count in the order in which they came', async () => {
    const { open, passed } = gate()
    const { adapter } = parrot({
      async fit({ extraParams }: FitEvent) {
        if (Object(extraParams).slow) await passed
        return extraParams
      },
    })
    const backend = start({ adapters: [adapter], limits: { setupMs: 60_000 } })
    const old = setup(backend, ID, { label: 'Negative', slow: true })
    await turns()
    const late = setup(backend, ID, { label: 'Positive' })
    await turns()
    open()
    await Promise.all([old, late])
    expect((await predict(backend))[0]).toBe('Positive')
  })
})

describe('extra params that are learnt from for longer than /setup may take', () => {
  it('are told of in the log; until then the version is the one that predictions have', async () => {
    const { open, passed } = gate()
    const asked: unknown[] = []
    const { adapter } = parrot({
      async fit({ extraParams }: FitEvent) {
        asked.push(extraParams)
        await passed
        return extraParams
      },
    })
    const { logger, entries } = recordingLogger()
    const backend = start({ adapters: [adapter], logger, limits: { setupMs: 250 } })
    const before = (await predict(backend))[1]
    const answer = await post(backend, '/setup', { project: ID, schema: TONE, extra_params: { label: 'Positive' } })
    expect(answer).toMatchObject({ status: 200, body: { model_version: before } })
    expect(await setup(backend, ID, { label: 'Positive' })).toBe(before)
    expect(await predict(backend)).toEqual(['Negative', before])
    const told = entries.filter(({ level, fields }) => level === 'warn' && fields.project === ID)
    expect(told.map(({ message }) => message)).toEqual([
      'extra params are still learnt from: answered with the model version of before',
      'extra params are still learnt from: answered with the model version of before',
    ])
    open()
    await backend.dispose(60_000)
    expect(asked).toEqual([{ label: 'Positive' }])
  })
})

describe('extra params of which learning failed', () => {
  it('are new at the next /setup, also after a restart', async () => {
    const stateFolder = folder()
    const { adapter, params, mend } = moody()
    const first = start({ adapters: [adapter], stateFolder })
    await setup(first, ID, { label: 'Positive' })
    const backend = start({ adapters: [adapter], stateFolder })
    await setup(backend, ID, { label: 'Positive' })
    mend()
    const version = await setup(backend, ID, { label: 'Positive' })
    expect(await predict(backend)).toEqual(['Positive', version])
    await setup(backend, ID, { label: 'Positive' })
    await setup(start({ adapters: [adapter], stateFolder }), ID, { label: 'Positive' })
    expect(params).toHaveLength(3)
  })

  it('are new for the adapter that failed alone', async () => {
    const xml = TONE.replace('</View>', '<Choices name="more" toName="message"><Choice value="A"/></Choices></View>')
    const { adapter, params, mend } = moody('moody')
    const { adapter: other, events } = parrot({ controls: ['more'] })
    const backend = start({ adapters: [adapter, other] })
    const told = () => post(backend, '/setup', { project: ID, schema: xml, extra_params: { label: 'Positive' } })
    await told()
    mend()
    await told()
    await told()
    expect(params).toHaveLength(2)
    expect(events).toHaveLength(1)
  })

  it('are new for an adapter that comes later', async () => {
    const stateFolder = folder()
    await setup(start({ stateFolder, adapters: [parrot({ name: 'other' }).adapter] }), ID, { label: 'Positive' })
    const backend = start({ stateFolder })
    await setup(backend, ID, { label: 'Positive' })
    expect((await predict(backend))[0]).toBe('Positive')
  })
})

it('extra params are of no interest to adapters that do not learn', async () => {
  const stateFolder = folder()
  const backend = start({ adapters: [toneAdapter()], stateFolder })
  expect(await setup(backend, ID, { label: 'Positive' })).toMatch(/^tone-/)
  expect(await jobOf(backend, created('Positive'))).toBe('finished')
})
