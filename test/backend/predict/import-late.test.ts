import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { importLate } from '../../../src/backend/predict/import-late.js'
import { createCancellation } from '../../../src/cancellation.js'
import { PrelabelError } from '../../../src/errors.js'
import type { NewPrediction } from '../../../src/label-studio/index.js'
import { post, predictBody, quietBackend, recordingLogger, toneAdapter, toneOf } from '../harness.js'

type Call = readonly [project: number, predictions: readonly NewPrediction[]]

/**
 * What Label Studio has; the first calls of `importAll` fail as they are told to, some of them after storing a part, and
 * all with tasks that were deleted.
 */
function fakePredictions(
  failures: readonly { readonly code: string; readonly stores: number }[] = [],
  deleted: ReadonlySet<number> = new Set(),
) {
  const calls: Call[] = []
  const stored: { id: number; task: number; result: unknown; model_version?: string }[] = []
  return {
    calls,
    stored,
    async list(of: { readonly task: number } | { readonly project: number }) {
      return stored.filter(({ task }) => 'task' in of && of.task === task)
    },
    async importAll(project: number, some: Iterable<NewPrediction> | AsyncIterable<NewPrediction>) {
      const list: NewPrediction[] = []
      for await (const one of some) list.push(one)
      calls.push([project, list])
      const isRefused = list.some((one) => deleted.has(one.task))
      if (isRefused) throw new PrelabelError('task not found in project', { code: 'label-studio-refused' })
      const failure = failures[calls.length - 1]
      for (const one of list.slice(0, failure?.stores)) stored.push({ id: stored.length, ...one })
      if (failure !== undefined) throw new PrelabelError('down', { code: failure.code })
      return list.length
    },
  }
}

const open = createCancellation()
const { logger } = recordingLogger()
const quick = { retries: 3, firstWaitMs: 1, longestWaitMs: 1 }
const prediction = { result: [], model_version: 'tone-1', score: 0.5 }
const task = (id: number, project: number) => ({ id, project, data: {} })

describe('late predictions', () => {
  it('go to the project of their task', async () => {
    const predictions = fakePredictions()
    await importLate({ predictions, closing: open })(
      [
        { task: task(1, 7), prediction },
        { task: task(2, 8), prediction: { result: [] } },
        { task: task(3, 7), prediction },
      ],
      { logger },
    )
    expect(predictions.calls.toSorted(([a], [b]) => a - b)).toEqual([
      [
        7,
        [
          { task: 1, ...prediction },
          { task: 3, ...prediction },
        ],
      ],
      [8, [{ task: 2, result: [] }]],
    ])
  })

  it('of tasks that Label Studio cannot have are left out and logged, and cost no other', async () => {
    const predictions = fakePredictions()
    const { logger, entries } = recordingLogger()
    await importLate({ predictions, closing: open })(
      [
        { task: task(1, 7), prediction },
        { task: { id: '2', data: {} }, prediction },
        { task: { data: {} }, prediction },
        { task: task(3, 7), prediction },
      ],
      { logger },
    )
    expect(predictions.stored.map((one) => one.task)).toEqual([1, 3])
    expect(entries).toMatchObject([
      {
        level: 'error',
        message: 'late prediction not handed on',
        fields: { task: '2', err: { code: 'late-task-unknown' } },
      },
      { fields: { task: undefined, err: { code: 'late-task-unknown' } } },
    ])
  })

  it('are kept through an outage, and stored once each', async () => {
    const predictions = fakePredictions([
      { code: 'label-studio-unreachable', stores: 0 },
      { code: 'label-studio-failed', stores: 1 },
      { code: 'label-studio-busy', stores: 0 },
    ])
    await importLate({ predictions, closing: open, retry: quick })(
      [
        { task: task(1, 7), prediction },
        { task: task(2, 7), prediction },
      ],
      { logger },
    )
    expect(predictions.calls.map(([, list]) => list.length)).toEqual([2, 2, 1, 1])
    expect(predictions.stored.map((one) => one.task)).toEqual([1, 2])
  })

  it('are tried again when Label Studio is asked too often', async () => {
    const predictions = fakePredictions([{ code: 'label-studio-busy', stores: 0 }])
    const { logger, entries } = recordingLogger()
    await importLate({ predictions, closing: open, retry: quick })([{ task: task(1, 7), prediction }], { logger })
    expect(predictions.stored.map((one) => one.task)).toEqual([1])
    expect(entries).toEqual([])
  })

  it('that Label Studio refuses are not sent again, and cost none of their project or of another', async () => {
    const predictions = fakePredictions([], new Set([2]))
    const { logger, entries } = recordingLogger()
    await importLate({ predictions, closing: open, retry: quick })(
      [1, 2, 3, 4].map((id) => ({ task: task(id, id === 4 ? 8 : 7), prediction })),
      { logger },
    )
    expect(predictions.stored.map((one) => one.task).toSorted()).toEqual([1, 3, 4])
    expect(predictions.calls.filter(([, list]) => list.length === 1 && list[0]?.task === 2)).toHaveLength(1)
    expect(entries).toMatchObject([
      {
        level: 'error',
        message: 'late predictions not handed on',
        fields: { tasks: [2], err: { code: 'label-studio-refused' } },
      },
    ])
  })

  it('that were stored before Label Studio went are not logged as missing', async () => {
    const outage = { code: 'label-studio-unreachable', stores: 0 }
    const predictions = fakePredictions([{ ...outage, stores: 1 }, outage, outage, outage])
    const { logger, entries } = recordingLogger()
    await importLate({ predictions, closing: open, retry: quick })(
      [1, 2].map((id) => ({ task: task(id, 7), prediction })),
      { logger },
    )
    expect(entries).toMatchObject([{ fields: { tasks: [2], err: { code: 'label-studio-unreachable' } } }])
  })
})

const TOKEN = '0123456789abcdef0123456789abcdef01234567'

/** A backend that is late with everything, and what Label Studio got when it is asked for one task. */
async function askLate(url: string) {
  const { logger, entries } = recordingLogger()
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const slow = toneAdapter({
    async predict(items) {
      await finished
      return items.map(toneOf)
    },
  })
  const backend = quietBackend({
    adapters: [slow],
    logger,
    limits: { deadlineMs: 5 },
    labelStudio: { url, token: TOKEN },
  })
  const { tasks, ...rest } = predictBody(['happy'])
  const answer = await post(backend, '/predict', { ...rest, tasks: tasks.map((one) => ({ ...one, project: 4 })) })
  expect(answer.body).toMatchObject({ results: [[]], errors: [{ code: 'deadline-passed' }] })
  finish()
  return { backend, entries }
}

describe('a Label Studio', () => {
  it('that is down when the backend shuts down costs a log entry', async () => {
    // Port 9 is refused at once.
    const { backend, entries } = await askLate('http://127.0.0.1:9')
    await backend.dispose(20_000)
    const failed = entries.find(({ message }) => message === 'late predictions not handed on')
    expect(failed?.fields).toMatchObject({ tasks: [1], err: { code: expect.stringMatching(/^label-studio-/) } })
    expect(JSON.stringify(entries)).not.toContain(TOKEN)
  })

  it('that comes back gets what was late', async () => {
    const bodies: unknown[] = []
    let answers = 0
    let isStored = () => {}
    const stored = new Promise<void>((resolve) => {
      isStored = resolve
    })
    const server = createServer(async (request, response) => {
      const chunks = await request.toArray()
      answers += 1
      // The proxy in front answers while Label Studio itself starts.
      response.statusCode = answers === 1 ? 502 : 200
      if (request.method === 'POST' && answers > 1) bodies.push(JSON.parse(Buffer.concat(chunks).toString()))
      response.setHeader('content-type', 'application/json')
      response.end(request.method === 'POST' ? '{"created": 1}' : '[]')
      if (bodies.length > 0) isStored()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const { backend } = await askLate(`http://127.0.0.1:${port}`)
    await stored
    await backend.dispose(1000)
    expect(bodies).toEqual([[expect.objectContaining({ task: 1, result: [expect.anything()] })]])
  })
})
