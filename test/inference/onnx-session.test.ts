import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { createOnnxSession } from '../../src/inference/onnx-session.js'
import type { Session } from '../../src/inference/session.js'

const MODEL = 'examples/models/nanodet-coco/model.onnx'
const open: Session[] = []

async function session(...args: Parameters<typeof createOnnxSession>): Promise<Session> {
  const created = await createOnnxSession(...args)
  open.push(created)
  return created
}

afterEach(async () => {
  for (const each of open.splice(0)) await each.dispose()
})

const black = (batch: number) => ({
  images: { type: 'float32', dims: [batch, 3, 416, 416], data: new Float32Array(batch * 3 * 416 * 416) } as const,
})

describe.each(['calling', 'own'] as const)('createOnnxSession on the %s thread', (thread) => {
  it('tells inputs and outputs, free dimensions as undefined', async () => {
    const { inputs, outputs, provider, refused } = await session(MODEL, { thread, threads: 1 })
    expect(inputs).toEqual([{ name: 'images', type: 'float32', shape: [undefined, 3, 416, 416] }])
    expect(outputs).toEqual([{ name: 'output0', type: 'float32', shape: [undefined, 84, 3549] }])
    expect({ provider, refused }).toEqual({ provider: 'cpu', refused: [] })
  })

  it('runs a batch, from bytes as from a path, and gives the same numbers', async () => {
    const fromPath = await session(MODEL, { thread })
    const fromBytes = await session(new Uint8Array(await readFile(MODEL)), { thread })
    const one = (await fromPath.run(black(1))).output0
    const two = (await fromBytes.run(black(2), ['output0'])).output0
    expect(one?.dims).toEqual([1, 84, 3549])
    expect(two?.dims).toEqual([2, 84, 3549])
    expect(two?.data.slice(0, one?.data.length)).toEqual(one?.data)
  })

  it('gives the memory of the feeds back, for the next run', async () => {
    const opened = await session(MODEL, { thread })
    const expected = (await opened.run(black(1))).output0?.data
    const free: ArrayBuffer[] = []
    const giveBack = (memory: readonly ArrayBuffer[]) => free.push(...memory)
    const run = (data: Float32Array) =>
      opened.run({ images: { type: 'float32', dims: [1, 3, 416, 416], data } }, undefined, { giveBack })
    await run(new Float32Array(3 * 416 * 416).fill(0.5))
    expect(free.map(({ byteLength }) => byteLength)).toEqual([4 * 3 * 416 * 416])
    const [memory = new ArrayBuffer()] = free.splice(0)
    expect((await run(new Float32Array(memory).fill(0))).output0?.data).toEqual(expected)
    expect(free).toHaveLength(1)
  })

  it('falls back to the next provider and says why', async () => {
    const { provider, refused } = await session(MODEL, { thread, providers: ['no-such-provider', 'cpu'] })
    expect(provider).toBe('cpu')
    expect(refused).toEqual([{ provider: 'no-such-provider', reason: expect.stringContaining('not found') }])
  })

  it('gives a provider the options that are given with its name', async () => {
    const providers = [
      { name: 'no-such-provider', deviceId: 1 },
      { name: 'cpu', useArena: false },
    ]
    const { provider, refused } = await session(MODEL, { thread, providers })
    expect(provider).toBe('cpu')
    expect(refused).toEqual([{ provider: 'no-such-provider', reason: expect.stringContaining('not found') }])
  })

  it('takes the text of a file: URL, and downloads nothing', async () => {
    expect((await session(pathToFileURL(MODEL).href, { thread })).provider).toBe('cpu')
    for (const model of ['https://models.test/a.onnx', new URL('https://models.test/a.onnx')]) {
      await expect(createOnnxSession(model, { thread })).rejects.toMatchObject({
        code: 'invalid-options',
        message: expect.stringContaining('is not downloaded'),
      })
    }
  })

  it('names the file that is not there', async () => {
    await expect(createOnnxSession('nowhere/model.onnx', { thread })).rejects.toMatchObject({
      code: 'model-not-found',
      path: 'nowhere/model.onnx',
    })
  })

  it('refuses bytes that are no model, with a reason from each provider', async () => {
    await expect(createOnnxSession(new Uint8Array([1, 2, 3]), { thread, providers: ['cpu'] })).rejects.toMatchObject({
      code: 'model-load-failed',
      message: expect.stringMatching(/^No execution provider takes the model: cpu: .*protobuf/),
    })
  })

  it('wraps what the runtime throws on a run', async () => {
    const opened = await session(MODEL, { thread })
    const flat = { images: { type: 'float32', dims: [4], data: new Float32Array(4) } as const }
    await expect(opened.run({})).rejects.toMatchObject({ code: 'model-run-failed' })
    await expect(opened.run(flat)).rejects.toMatchObject({
      code: 'model-run-failed',
      message: expect.stringContaining('Invalid rank'),
    })
  })

  it('may be disposed twice', async () => {
    const opened = await createOnnxSession(MODEL, { thread })
    await opened.dispose()
    await expect(opened.dispose()).resolves.toBeUndefined()
    await expect(opened.run(black(1))).rejects.toMatchObject({ code: 'model-run-failed' })
  })
})

it('leaves the event loop free while a model computes in its own thread', async () => {
  const opened = await session(MODEL, { thread: 'own' })
  let turns = 0
  const counting = setInterval(() => turns++, 1)
  await opened.run(black(8))
  clearInterval(counting)
  expect(turns).toBeGreaterThan(10)
})

it('answers those who wait when the thread is disposed of, whatever the model computes', async () => {
  const opened = await createOnnxSession(MODEL, { thread: 'own' })
  const feeds = black(4)
  const [first, ...others] = Array.from({ length: 12 }, () => opened.run(feeds))
  const settled = Promise.allSettled(others)
  await first
  // Most likely in the middle of another run: a thread that is terminated there ends the process.
  await setTimeout(50)
  await opened.dispose()
  expect((await settled).at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'model-run-failed' } })
})

it('takes the memory of feeds that are not needed any more', async () => {
  const opened = await session(MODEL, { thread: 'own' })
  const [kept, given] = [black(1), black(1)]
  const first = await opened.run(kept)
  const second = await opened.run(given, undefined, { consume: true })
  expect([kept.images.data.length, given.images.data.length]).toEqual([3 * 416 * 416, 0])
  expect(second.output0?.data).toEqual(first.output0?.data)
})

it('starts another thread for the next run when one dies', async () => {
  const started: Worker[] = []
  const remember = (worker: Worker) => started.push(worker)
  process.on('worker', remember)
  const opened = await session(MODEL, { thread: 'own' })
  const lost = opened.run(black(4))
  const failing = expect(lost).rejects.toMatchObject({
    code: 'model-run-failed',
    message: 'The model could not be run: its thread has ended; the next run starts another',
  })
  await started[0]?.terminate()
  await failing
  const both = await Promise.all([opened.run(black(1)), opened.run(black(1))])
  process.off('worker', remember)
  expect(both.map(({ output0 }) => output0?.dims)).toEqual([
    [1, 84, 3549],
    [1, 84, 3549],
  ])
  expect(started).toHaveLength(2)
})

it('refuses options that it does not know', async () => {
  const slip = JSON.parse('{"thread": "own", "provider": "cuda"}')
  await expect(createOnnxSession(MODEL, slip)).rejects.toMatchObject({
    code: 'invalid-options',
    path: 'createOnnxSession.provider',
    message: expect.stringContaining('provider'),
    hint: 'Did you mean `providers`?',
  })
  await expect(createOnnxSession(MODEL, { threads: 0 })).rejects.toMatchObject({ path: 'createOnnxSession.threads' })
  await expect(createOnnxSession(new URL('http://127.0.0.1/m.onnx'))).rejects.toMatchObject({ code: 'invalid-options' })
})
