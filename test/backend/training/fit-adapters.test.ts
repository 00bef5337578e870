import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { get, post, recordingLogger, TONE, toneAdapter } from '../harness.js'
import { created, folder, jobOf, parrot, predict, project, setup, start, task } from './learning.js'

describe('what an adapter learns of a project', () => {
  it('is in its items from then on, in a model version of its own, and in no other project', async () => {
    const backend = start()
    const before = await setup(backend)
    expect(await predict(backend)).toEqual(['Negative', before])
    expect(await jobOf(backend, created('Positive'))).toBe('finished')
    const after = await setup(backend)
    expect(after).not.toBe(before)
    expect(await predict(backend)).toEqual(['Positive', after])
    expect(await setup(backend, '7.1795299628')).toBe(before)
    expect(await predict(backend, '7.1795299628')).toEqual(['Negative', before])
    const { body } = await get(backend, '/versions')
    expect(Object(body).versions).toEqual(expect.arrayContaining([before, after]))
    await jobOf(backend, created('forget'))
    expect(await setup(backend)).toBe(before)
  })

  it('comes from an order to train too, where its config stands in the body or is known', async () => {
    const { adapter, events } = parrot()
    const backend = start({ adapters: [adapter] })
    const train = async (body: object) => {
      const { body: begun } = await post(backend, '/train', body)
      for (;;) {
        const { body: asked } = await post(backend, '/job_status', { job: Object(begun).job })
        if (Object(asked).job_status !== 'started') return Object(asked).job_status
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    expect(await train({ project: 3 })).toBe('failed')
    expect(await train({ project: 3, label_config: TONE })).toBe('finished')
    expect(events.map(({ action, project: id }) => [action, id])).toEqual([['START_TRAINING', '3']])
  })

  it('comes from the annotations of events, with their tasks and the controls it fills', async () => {
    const { adapter, events } = parrot()
    const backend = start({ adapters: [adapter] })
    await jobOf(backend, created('Positive'))
    const { annotation } = created('Negative')
    await jobOf(backend, {
      action: 'ANNOTATIONS_CREATED',
      project,
      annotation: [
        { ...annotation, task: 4 },
        { ...annotation, was_cancelled: true, task: 3 },
      ],
      task: [task, { id: 4, data: { text: 'y' } }],
    })
    await jobOf(backend, { action: 'START_TRAINING', project })
    expect(events).toMatchObject([
      { action: 'ANNOTATION_CREATED', project: '6', annotations: [{ id: 8, cancelled: false, task }] },
      { annotations: [{ task: { id: 4 } }, { cancelled: true, task: { id: 3 } }] },
      { action: 'START_TRAINING', annotations: [] },
    ])
    expect(events[0]?.controls.map(({ name }) => name)).toEqual(['tone'])
  })

  it('is about the ids of what was deleted, which is all that Label Studio tells', async () => {
    const { adapter, events } = parrot()
    const backend = start({ adapters: [adapter] })
    await jobOf(backend, { action: 'ANNOTATIONS_DELETED', project, annotations: [{ id: 8 }, { id: 9 }] })
    await jobOf(backend, { action: 'TASKS_DELETED', project, tasks: [{ id: 3 }] })
    expect(events).toMatchObject([
      { action: 'ANNOTATIONS_DELETED', annotations: [], deletedAnnotations: [8, 9] },
      { action: 'TASKS_DELETED', annotations: [], deletedTasks: [3] },
    ])
  })

  it('comes from extra params once, when they are new', async () => {
    const { adapter, events } = parrot()
    const backend = start({ adapters: [adapter] })
    const plain = await setup(backend)
    const told = await setup(backend, '6.1', { label: 'Positive' })
    expect(told).not.toBe(plain)
    expect(await setup(backend, '6.1', { label: 'Positive' })).toBe(told)
    expect(await predict(backend)).toEqual(['Positive', told])
    expect(await setup(backend, '6.1', null)).toBe(plain)
    expect(events.map(({ action, extraParams }) => [action, extraParams])).toEqual([
      ['SETUP', { label: 'Positive' }],
      ['SETUP', null],
    ])
  })

  it('is kept over a restart in a folder, forgotten and copied with the project', async () => {
    const stateFolder = join(folder(), 'deep')
    await jobOf(start({ stateFolder }), created('Positive'))
    expect(readdirSync(stateFolder)).toEqual(['project-6.json'])
    const later = start({ stateFolder })
    const version = await setup(later)
    expect(await predict(later)).toEqual(['Positive', version])
    await post(later, '/duplicate_model', { project_src: '6.1', project_dst: '9.1' })
    await post(later, '/delete', { project: '6.1' })
    expect(readdirSync(stateFolder)).toEqual(['project-9.json'])
    const last = start({ stateFolder })
    expect((await predict(last))[0]).toBe('Negative')
    expect(await predict(last, '9.1')).toEqual(['Positive', version])
  })
})

describe('an adapter that fails to learn', () => {
  it('harms no other, and the job says so', async () => {
    const failing = { fit: () => Promise.reject(new Error('no disk')) }
    const { logger, entries } = recordingLogger()
    const xml = TONE.replace('</View>', '<Choices name="more" toName="message"><Choice value="A"/></Choices></View>')
    const backend = start({
      logger,
      adapters: [{ ...toneAdapter({ controls: ['more'] }), ...failing }, parrot().adapter],
    })
    expect(await jobOf(backend, { ...created('Positive'), project: { ...project, label_config: xml } })).toBe('failed')
    const failed = {
      level: 'error',
      message: 'fit failed',
      fields: { request_id: expect.any(String), adapter: 'tone' },
    }
    expect(entries).toContainEqual(
      expect.objectContaining({ ...failed, fields: expect.objectContaining(failed.fields) }),
    )
    expect((await predict(backend))[0]).toBe('Positive')
  })

  it('at /setup costs no connection', async () => {
    const { adapter } = parrot({ fit: () => Promise.reject(new Error('no disk')) })
    expect(await setup(start({ adapters: [adapter] }), '6.1', { a: 1 })).toMatch(/^parrot-/)
  })
})

it('learns from the events of a project in their order', async () => {
  const order: string[] = []
  const { adapter } = parrot({
    async fit({ annotations }) {
      const label = JSON.stringify(annotations[0]?.results)
      order.push(`begin ${label}`)
      await new Promise((resolve) => setImmediate(resolve))
      order.push(`end ${label}`)
    },
  })
  const backend = start({ adapters: [adapter] })
  await Promise.all(['a', 'b', 'c'].map((label) => jobOf(backend, created(label))))
  expect(order.filter((_, at) => at % 2 === 0).map((one) => one.replace('begin', 'end'))).toEqual(
    order.filter((_, at) => at % 2 === 1),
  )
})
