import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { post, recordingLogger } from '../harness.js'
import { created, endOf, folder, gate, jobOf, parrot, predict, project, setup, start, turns } from './learning.js'

const ID = '6.1795299628'
const loop: { self?: unknown } = {}
loop.self = loop

describe('what an adapter returns that is not plain JSON', () => {
  it.each([
    ['a BigInt', { label: 1n }],
    ['a cycle', loop],
    ['a function', () => 'Positive'],
    ['a Map', { label: new Map([['a', 1]]) }],
    ['a typed array', { weights: new Float32Array(2) }],
    ['NaN', { label: Number.NaN }],
  ])('fails the job for %s, and takes nothing from what was remembered', async (_, learnt) => {
    let value: unknown = { label: 'Positive' }
    const { adapter } = parrot({ fit: () => value })
    const { logger, entries } = recordingLogger()
    const backend = start({ adapters: [adapter], logger })
    await jobOf(backend, created('Positive'))
    const version = await setup(backend)
    value = learnt
    const error = 'parrot: `fit` returned what is not plain JSON'
    expect(await endOf(backend, created('Negative'))).toMatchObject({ job_status: 'failed', error })
    expect(entries.find(({ message }) => message === 'fit failed')?.fields).toMatchObject({
      adapter: 'parrot',
      err: { code: 'fit-not-json', message: error, hint: expect.any(String), cause: { message: expect.any(String) } },
    })
    expect(await setup(backend)).toBe(version)
  })

  it('is remembered as it is after a restart: undefined left out, a date in words', async () => {
    const seen: unknown[] = []
    const { adapter } = parrot({
      fit(_, { remembered }) {
        seen.push(remembered)
        return { label: undefined, on: new Date(0) }
      },
    })
    const backend = start({ adapters: [adapter] })
    await jobOf(backend, created('Positive'))
    await jobOf(backend, created('Positive'))
    expect(seen).toEqual([undefined, { on: '1970-01-01T00:00:00.000Z' }])
  })
})

describe('an adapter that changes what it remembered', () => {
  const counting = (fails = false) =>
    parrot({
      fit(_, { remembered }) {
        const known = Object(remembered ?? { label: 'Positive', events: 0 })
        known.events += 1
        if (fails && known.events > 1) throw new Error('no disk')
        return known
      },
    }).adapter

  it('has changed it in its file too, and in the model version', async () => {
    const stateFolder = folder()
    const backend = start({ adapters: [counting()], stateFolder })
    await jobOf(backend, created('Positive'))
    const once = await setup(backend)
    await jobOf(backend, created('Positive'))
    const twice = await setup(backend)
    expect(twice).not.toBe(once)
    expect(await setup(start({ adapters: [counting()], stateFolder }))).toBe(twice)
    expect(JSON.parse(readFileSync(join(stateFolder, 'project-6.json'), 'utf8'))).toMatchObject({
      adapters: { parrot: { events: 2 } },
    })
  })

  it('has changed nothing when it fails then', async () => {
    const backend = start({ adapters: [counting(true)] })
    await jobOf(backend, created('Positive'))
    const once = await setup(backend)
    expect(await jobOf(backend, created('Positive'))).toBe('failed')
    expect(await setup(backend)).toBe(once)
  })
})

describe('a project that is deleted', () => {
  it('while something is learnt of it stays forgotten, with what waits, and learns from what comes then', async () => {
    const stateFolder = folder()
    const { open, passed } = gate()
    const { open: begin, passed: begun } = gate()
    const labels: string[] = []
    const { adapter } = parrot({
      async fit({ annotations }) {
        const { choices } = Object(Object(annotations[0]?.results[0]).value)
        labels.push(choices[0])
        begin()
        if (labels.length === 1) await passed
        return { label: choices[0] }
      },
    })
    const backend = start({ adapters: [adapter], stateFolder })
    const jobs = [jobOf(backend, created('Positive')), jobOf(backend, created('waits'))]
    await begun
    await turns()
    await post(backend, '/delete', { project: ID })
    open()
    expect(await Promise.all(jobs)).toEqual(['finished', 'finished'])
    expect((await predict(backend))[0]).toBe('Negative')
    expect((await predict(start({ stateFolder })))[0]).toBe('Negative')
    await jobOf(backend, created('Positive'))
    expect((await predict(backend))[0]).toBe('Positive')
    expect(labels).toEqual(['Positive', 'Positive'])
  })

  it('learns from the same extra params when it is connected again', async () => {
    const { open, passed } = gate()
    const { open: begin, passed: begun } = gate()
    const { adapter, events } = parrot()
    const slow = {
      ...adapter,
      async fit(...[event, context]: Parameters<NonNullable<typeof adapter.fit>>) {
        begin()
        if (event.action === 'START_TRAINING') await passed
        return adapter.fit?.(event, context)
      },
    }
    const backend = start({ adapters: [slow], limits: { setupMs: 60_000 } })
    const trained = jobOf(backend, { action: 'START_TRAINING', project })
    await begun
    const told = setup(backend, ID, { label: 'Positive' })
    await turns()
    await post(backend, '/delete', { project: ID })
    await setup(backend, ID, { label: 'Positive' })
    expect((await predict(backend))[0]).toBe('Positive')
    open()
    await Promise.all([trained, told])
    expect((await predict(backend))[0]).toBe('Positive')
    expect(events.map(({ action }) => action)).toEqual(['SETUP', 'START_TRAINING'])
  })
})
