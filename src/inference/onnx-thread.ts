import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { importOptional } from '../import-optional.js'
import { type OpenEngine, sessionSettings, tensorInfo } from './onnx-engine.js'
import { fromOnnxTensor } from './onnx-tensor.js'

/**
 * The whole program of the thread: plain JavaScript, so that it runs from a bundle as from sources. It opens the model,
 * then answers each `{ id, feeds, outputs }` with `{ id, results }` or `{ id, error }`. Half-precision feeds are handed on
 * as in `onnx-tensor.ts`.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads')
const { InferenceSession, Tensor } = require(workerData.runtime)
const opened = InferenceSession.create(workerData.model, workerData.settings)
const tensor = ({ type, data, dims }) => {
  const made = new Tensor(type, data, dims)
  return type === 'float16' ? Object.defineProperty(made, 'data', { value: data }) : made
}
const reason = (error) => (error instanceof Error ? error.message : String(error))
opened.then(
  ({ inputMetadata, outputMetadata }) => parentPort.postMessage({ id: 0, results: { inputMetadata, outputMetadata } }),
  (error) => parentPort.postMessage({ id: 0, error: reason(error) }),
)
parentPort.on('message', async ({ id, feeds, outputs }) => {
  try {
    const session = await opened
    const given = Object.fromEntries(
      Object.entries(feeds).map(([name, feed]) => [name, tensor(feed)]),
    )
    const results = await (outputs === undefined ? session.run(given) : session.run(given, outputs))
    const plain = Object.entries(results).map(([name, { type, data, dims }]) => [name, { type, data, dims }])
    parentPort.postMessage({ id, results: Object.fromEntries(plain) })
  } catch (error) {
    parentPort.postMessage({ id, error: reason(error) })
  }
})
`

interface Opened {
  readonly inputMetadata: readonly InferenceSession.ValueMetadata[]
  readonly outputMetadata: readonly InferenceSession.ValueMetadata[]
}

/** Opens a model in a thread of its own, so that JavaScript goes on while it computes. */
export const openInOwnThread: OpenEngine = async (source, options) => {
  const runtime = await importOptional('prelabel/inference', 'onnxruntime-node', undefined, async () =>
    createRequire(import.meta.url).resolve('onnxruntime-node'),
  )
  const workerData = { runtime, model: source, settings: sessionSettings(options) }
  const thread = new Thread(new Worker(PROGRAM, { eval: true, workerData, name: 'prelabel-onnx' }))
  try {
    const { inputMetadata, outputMetadata } = await thread.opened
    return {
      inputs: inputMetadata.map(tensorInfo),
      outputs: outputMetadata.map(tensorInfo),
      async run(feeds, outputs) {
        const results = await thread.ask(feeds, outputs)
        return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, fromOnnxTensor(name, value)]))
      },
      release: () => thread.end(),
    }
  } catch (error) {
    await thread.end()
    throw error
  }
}

type Results = Readonly<Record<string, Pick<Tensor, 'type' | 'data' | 'dims'>>>

interface Answer {
  readonly id: number
  readonly results?: Results & Opened
  readonly error?: string
}

interface Waiting {
  resolve(results: Results & Opened): void
  reject(error: Error): void
}

/** Questions to a worker and their answers. The worker keeps the process alive only while someone waits. */
class Thread {
  readonly opened: Promise<Opened>
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  /** Why nobody will be answered any more. */
  #ended: Error | undefined

  constructor(readonly worker: Worker) {
    this.opened = this.#wait(0)
    worker.on('message', (answer: Answer) => this.#settle(answer))
    worker.on('error', (error) => this.#fail(error))
    worker.on('exit', () => this.#fail(new Error('its thread has ended')))
  }

  ask(feeds: unknown, outputs: readonly string[] | undefined): Promise<Results> {
    const id = ++this.#lastId
    const answer = this.#wait(id)
    if (this.#ended === undefined) this.worker.postMessage({ id, feeds, outputs })
    return answer
  }

  async end(): Promise<void> {
    await this.worker.terminate()
  }

  #wait(id: number): Promise<Results & Opened> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    this.worker.ref()
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  #settle({ id, results, error }: Answer): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (this.#waiting.size === 0) this.worker.unref()
    if (results === undefined) waiting?.reject(new Error(error))
    else waiting?.resolve(results)
  }

  #fail(error: Error): void {
    this.#ended ??= error
    for (const waiting of this.#waiting.values()) waiting.reject(error)
    this.#waiting.clear()
  }
}
