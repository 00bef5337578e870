import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { InferenceSession } from 'onnxruntime-node'
import { PrelabelError } from '../errors.js'
import { importOptional } from '../import-optional.js'
import { fromOnnxTensor, type OnnxRuntime, toOnnxTensor } from './onnx-tensor.js'
import type { RefusedProvider, Session, TensorInfo } from './session.js'

/** Where and how onnxruntime runs a model. */
export interface OnnxSessionOptions {
  /** Threads for one operator. @default the runtime's choice: one for each physical core */
  readonly threads?: number
  /** Execution providers, tried in turn until one takes the model: `['cuda', 'cpu']`. @default ['cpu'] */
  readonly providers?: readonly string[]
  /** The imported `onnxruntime-node`, for those who bundle it or bring another build. */
  readonly lib?: OnnxRuntime
}

/**
 * Loads an ONNX model with onnxruntime-node.
 *
 * The runtime throws when a provider of its list is missing; here the providers are tried one after the other, and
 * those that refused are told in `session.refused`.
 *
 * Note that onnxruntime-node runs a model on the calling thread: JavaScript waits while it computes.
 *
 * @param model a path, a `file:` URL, or the bytes of the model
 * @throws PrelabelError `missing-package`, `model-not-found`, `model-load-failed`
 */
export async function createOnnxSession(
  model: string | URL | Uint8Array,
  options: OnnxSessionOptions = {},
): Promise<Session> {
  const source = model instanceof URL ? fileURLToPath(model) : model
  if (typeof source === 'string' && !existsSync(source)) throw modelNotFound(source)
  const lib = await importOptional(
    'prelabel/inference',
    'onnxruntime-node',
    options.lib,
    () => import('onnxruntime-node'),
  )
  const refused: RefusedProvider[] = []
  for (const provider of options.providers ?? ['cpu']) {
    try {
      const session = await createOn(lib, source, provider, options.threads)
      return new OnnxSession(lib, session, provider, refused)
    } catch (cause) {
      refused.push({ provider, reason: firstLine(cause) })
    }
  }
  throw loadFailed(source, refused)
}

function createOn(lib: OnnxRuntime, source: string | Uint8Array, provider: string, threads: number | undefined) {
  const options: InferenceSession.SessionOptions = {
    executionProviders: [provider],
    logSeverityLevel: 3,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  }
  return typeof source === 'string'
    ? lib.InferenceSession.create(source, options)
    : lib.InferenceSession.create(source, options)
}

class OnnxSession implements Session {
  readonly inputs: readonly TensorInfo[]
  readonly outputs: readonly TensorInfo[]
  readonly provider: string
  readonly refused: readonly RefusedProvider[]
  readonly #lib: OnnxRuntime
  readonly #session: InferenceSession
  #disposed = false

  constructor(lib: OnnxRuntime, session: InferenceSession, provider: string, refused: readonly RefusedProvider[]) {
    this.#lib = lib
    this.#session = session
    this.provider = provider
    this.refused = refused
    this.inputs = session.inputMetadata.map(tensorInfo)
    this.outputs = session.outputMetadata.map(tensorInfo)
  }

  async run(...[feeds, outputs]: Parameters<Session['run']>): ReturnType<Session['run']> {
    const onnxFeeds = Object.fromEntries(
      Object.entries(feeds).map(([name, tensor]) => [name, toOnnxTensor(this.#lib, tensor)]),
    )
    let results: InferenceSession.ReturnType
    try {
      results = await (outputs === undefined
        ? this.#session.run(onnxFeeds)
        : this.#session.run(onnxFeeds, [...outputs]))
    } catch (cause) {
      throw new PrelabelError(`The model could not be run: ${firstLine(cause)}`, { code: 'model-run-failed', cause })
    }
    return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, fromOnnxTensor(name, value)]))
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    await this.#session.release()
  }
}

function tensorInfo(value: InferenceSession.ValueMetadata): TensorInfo {
  if (!value.isTensor) return { name: value.name, type: 'non-tensor', shape: [] }
  return {
    name: value.name,
    type: value.type,
    shape: value.shape.map((size) => (typeof size === 'number' ? size : undefined)),
  }
}

function modelNotFound(path: string): PrelabelError {
  return new PrelabelError(`The model file ${path} does not exist`, {
    code: 'model-not-found',
    path,
    hint: 'Give the path of an .onnx file; a relative one counts from the working directory.',
  })
}

function loadFailed(source: string | Uint8Array, refused: readonly RefusedProvider[]): PrelabelError {
  const reasons = refused.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ')
  return new PrelabelError(`The model could not be loaded: ${reasons}`, {
    code: 'model-load-failed',
    ...(typeof source === 'string' ? { path: source } : {}),
    hint: 'Check that the file is a whole ONNX model of an opset this runtime knows, and add `cpu` to the providers.',
  })
}

/** Messages of the runtime go over several lines and hold places in its sources. */
function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1).join('')
}
