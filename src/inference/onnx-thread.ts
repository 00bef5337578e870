import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { importOptional } from '../import-optional.js'
import { memoryOf, type OpenEngine, sessionSettings, tensorInfo } from './onnx-engine.js'
import type { RuntimeTensor, RuntimeValue } from './onnx-runtime.js'
import { fromOnnxTensor } from './onnx-tensor.js'
import { openGate, removeGate, THROUGH_GATE } from './runtime-gate.js'
import type { Tensor } from './session.js'

/**
 * The whole program of the thread: plain JavaScript, so that it runs from a bundle as from sources. It opens the model,
 * then answers each `{ id, feeds, outputs, lent }` with `{ id, results, lent }` or `{ id, error }`: `lent` is memory of the
 * feeds, which goes back. Results are the runtime's copies, so their memory is handed over. Half-precision feeds are handed
 * on as in `onnx-tensor.ts`. `null` ends it, after the run that it is in: a thread that is terminated while the runtime
 * computes takes the whole process along. So the runtime is called through a gate alone, for which the end of the process
 * waits too.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads')
${THROUGH_GATE}
const { gate, runtime, model, settings } = workerData
const opened = throughGate(gate, async () => {
  const { InferenceSession, Tensor } = require(runtime)
  return { Tensor, session: await InferenceSession.create(model, settings) }
})
const tensor = (Tensor, { type, data, dims }) => {
  const made = new Tensor(type, data, dims)
  return type === 'float16' ? Object.defineProperty(made, 'data', { value: data }) : made
}
const reason = (error) => (error instanceof Error ? error.message : String(error))
opened.then(
  ({ session: { inputMetadata, outputMetadata } }) =>
    parentPort.postMessage({ id: 0, results: { inputMetadata, outputMetadata } }),
  (error) => parentPort.postMessage({ id: 0, error: reason(error) }),
)
const answer = async ({ id, feeds, outputs, lent }) => {
  try {
    const { Tensor, session } = await opened
    const given = Object.fromEntries(
      Object.entries(feeds).map(([name, feed]) => [name, tensor(Tensor, feed)]),
    )
    const results = await throughGate(gate, () =>
      outputs === undefined ? session.run(given) : session.run(given, outputs),
    )
    const plain = Object.entries(results).map(([name, { type, data, dims }]) => [name, { type, data, dims }])
    const memory = new Set([...plain.map(([, { data }]) => data.buffer), ...lent])
    parentPort.postMessage({ id, results: Object.fromEntries(plain), lent }, [...memory])
  } catch (error) {
    parentPort.postMessage({ id, error: reason(error) })
  }
}
let last = Promise.resolve()
let isEnding = false
parentPort.on('message', (question) => {
  if (question === null) {
    isEnding = true
    parentPort.close()
  } else last = last.then(() => (isEnding ? undefined : answer(question)))
})
`

interface Opened {
  readonly inputMetadata: readonly RuntimeValue[]
  readonly outputMetadata: readonly RuntimeValue[]
}

/**
 * Opens a model in a thread of its own, so that JavaScript goes on while it computes. Where the thread has died (a fault
 * of the runtime, no memory left for it), the runs in hand fail, and the next one opens the model in another.
 */
export const openInOwnThread: OpenEngine = async (source, options) => {
  const runtime = await importOptional('prelabel/inference', 'onnxruntime-node', undefined, async () =>
    createRequire(import.meta.url).resolve('onnxruntime-node'),
  )
  const start = () => startThread({ runtime, model: source, settings: sessionSettings(options) })
  let current = start()
  const usable = async () => {
    const last = current
    const alive = await last.then(
      ({ thread }) => !thread.ended,
      () => false,
    )
    if (!alive && current === last) current = start()
    return current
  }
  const { opened } = await current
  return {
    inputs: opened.inputMetadata.map(tensorInfo),
    outputs: opened.outputMetadata.map(tensorInfo),
    async run(feeds, outputs, { giveBack, consume = giveBack !== undefined } = {}) {
      const { thread } = await usable()
      const given = consume ? memoryOf(feeds) : []
      const { results, lent } = await thread.ask({ feeds, outputs, lent: giveBack === undefined ? [] : given }, given)
      giveBack?.(lent)
      return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, fromOnnxTensor(name, value)]))
    },
    release: () => current.then(({ thread }) => thread.end()).catch(() => {}),
  }
}

async function startThread(opening: object): Promise<{ readonly thread: Thread; readonly opened: Opened }> {
  const gate = openGate()
  const worker = new Worker(PROGRAM, { eval: true, workerData: { ...opening, gate }, name: 'prelabel-onnx' })
  worker.once('exit', () => removeGate(gate))
  const thread = new Thread(worker)
  try {
    return { thread, opened: await thread.opened }
  } catch (error) {
    await thread.end()
    throw error
  }
}

interface Question {
  readonly feeds: Readonly<Record<string, Tensor>>
  readonly outputs: readonly string[] | undefined
  /** Memory that is to come back. */
  readonly lent: readonly ArrayBuffer[]
}

interface Results {
  readonly results: Readonly<Record<string, RuntimeTensor>> & Opened
  readonly lent: readonly ArrayBuffer[]
}

type Answer = { readonly id: number } & (Results | { readonly error: string })

interface Waiting {
  resolve(answer: Results): void
  reject(error: Error): void
}

/** Questions to a worker and their answers. The worker keeps the process alive only while someone waits. */
class Thread {
  readonly opened: Promise<Opened>
  readonly #exited: Promise<unknown>
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  /** Why nobody will be answered any more. */
  #ended: Error | undefined

  constructor(readonly worker: Worker) {
    this.opened = this.#wait(0).then(({ results }) => results)
    worker.on('message', (answer: Answer) => this.#settle(answer))
    worker.on('error', (error) => this.#fail(error))
    this.#exited = new Promise((resolve) => worker.once('exit', resolve))
    worker.on('exit', () => this.#fail(new Error('its thread has ended; the next run starts another')))
  }

  get ended(): boolean {
    return this.#ended !== undefined
  }

  /** @param given memory of the feeds that is handed over instead of copied */
  ask(question: Question, given: readonly ArrayBuffer[]): Promise<Results> {
    const id = ++this.#lastId
    const answer = this.#wait(id)
    if (this.#ended === undefined) this.worker.postMessage({ id, ...question }, [...given])
    return answer
  }

  async end(): Promise<void> {
    this.#fail(new Error('it has been disposed of'))
    this.worker.ref()
    this.worker.postMessage(null)
    await this.#exited
  }

  #wait(id: number): Promise<Results> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    this.worker.ref()
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (this.#waiting.size === 0 && !this.ended) this.worker.unref()
    if ('error' in answer) waiting?.reject(new Error(answer.error))
    else waiting?.resolve(answer)
  }

  #fail(error: Error): void {
    this.#ended ??= error
    for (const waiting of this.#waiting.values()) waiting.reject(error)
    this.#waiting.clear()
  }
}
