import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import { parseOptions } from '../parse-options.js'
import { type ExecutionProvider, executionProviders, providerName } from './execution-provider.js'
import { modelLocation, withUrl } from './model-location.js'
import { type OnnxEngine, openInThisThread } from './onnx-engine.js'
import type { OnnxRuntime } from './onnx-runtime.js'
import { openInOwnThread } from './onnx-thread.js'
import { runtimeReason } from './runtime-reason.js'
import type { RefusedProvider, Session } from './session.js'

/** Where and how onnxruntime runs a model. */
export interface OnnxSessionOptions {
  /** Threads for one operator. @default the runtime's choice: one for each physical core */
  readonly threads?: number
  /** Execution providers, tried in turn until one takes the model: `[{ name: 'cuda', deviceId: 1 }, 'cpu']`. @default ['cpu'] */
  readonly providers?: readonly ExecutionProvider[]
  /**
   * `calling`: JavaScript waits while the model computes, which suits models that take a few milliseconds. `own`: the
   * model runs in a worker thread, and requests, health checks and pictures are served meanwhile; feeds and results are
   * copied over. @default 'calling'
   */
  readonly thread?: 'calling' | 'own'
  /** The imported `onnxruntime-node`, for those who bundle it or bring another build; it runs on the calling thread. */
  readonly lib?: OnnxRuntime
}

const sourceSchema = z.union(modelLocation).transform(withUrl)

const optionsSchema = z.strictObject({
  threads: z.int().positive().optional(),
  providers: executionProviders.default(['cpu']),
  thread: z.enum(['calling', 'own']).default('calling'),
  lib: z.custom<OnnxRuntime>((value) => typeof value === 'object' && value !== null).optional(),
})

/**
 * Loads an ONNX model with onnxruntime-node.
 *
 * The runtime throws when a provider of its list is missing; here the providers are tried one after the other, and
 * those that refused are told in `session.refused`. A worker thread that dies takes along the runs it has in hand; the
 * next run starts another one.
 *
 * @param model a path, a `file:` URL, or the bytes of the model
 * @throws PrelabelError `invalid-options`, `missing-package`, `model-not-found`, `model-load-failed`
 */
export async function createOnnxSession(
  model: string | URL | Uint8Array,
  options: OnnxSessionOptions = {},
): Promise<Session> {
  const given = parseOptions({ name: 'createOnnxSession.model', page: 'docs/inference.md' }, sourceSchema, model)
  const { thread, threads, providers, lib } = parseOptions(
    { name: 'createOnnxSession', page: 'docs/inference.md' },
    optionsSchema,
    options,
  )
  const source = given instanceof URL ? fileURLToPath(given) : given
  if (typeof source === 'string' && !existsSync(source)) throw modelNotFound(source)
  const open = thread === 'own' && lib === undefined ? openInOwnThread : openInThisThread
  const refused: RefusedProvider[] = []
  for (const provider of providers) {
    try {
      return onnxSession(await open(source, { threads, lib, provider }), providerName(provider), refused)
    } catch (cause) {
      if (PrelabelError.isInstance(cause)) throw cause
      refused.push({ provider: providerName(provider), reason: runtimeReason(cause) })
    }
  }
  throw loadFailed(source, refused)
}

function onnxSession(engine: OnnxEngine, provider: string, refused: readonly RefusedProvider[]): Session {
  let released: Promise<void> | undefined
  return {
    inputs: engine.inputs,
    outputs: engine.outputs,
    provider,
    refused,
    async run(feeds, outputs, options) {
      if (released !== undefined) throw runFailed('it has been disposed of')
      try {
        return await engine.run(feeds, outputs, options)
      } catch (cause) {
        throw PrelabelError.isInstance(cause) ? cause : runFailed(runtimeReason(cause), cause)
      }
    },
    dispose() {
      released ??= engine.release()
      return released
    },
  }
}

function runFailed(reason: string, cause?: unknown): PrelabelError {
  return new PrelabelError(`The model could not be run: ${reason}`, {
    code: 'model-run-failed',
    hint: 'The reason is the runtime’s: check what is fed to the model, and the memory there is for it.',
    cause,
  })
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
  return new PrelabelError(`No execution provider takes the model: ${reasons}`, {
    code: 'model-load-failed',
    ...(typeof source === 'string' ? { path: source } : {}),
    hint: 'Check that the file is a whole ONNX model of an opset this runtime knows, and add `cpu` to the providers.',
  })
}
