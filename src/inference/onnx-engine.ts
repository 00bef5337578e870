import { importOptional } from '../import-optional.js'
import type { ExecutionProvider } from './execution-provider.js'
import type { OnnxRuntime, RuntimeSettings, RuntimeValue } from './onnx-runtime.js'
import { fromOnnxTensor, toOnnxTensor } from './onnx-tensor.js'
import type { Session, Tensor, TensorInfo } from './session.js'

/** A model opened on one provider, wherever it runs. Errors are the runtime's own. */
export interface OnnxEngine extends Pick<Session, 'inputs' | 'outputs' | 'run'> {
  release(): Promise<void>
}

export interface EngineOptions {
  readonly provider: ExecutionProvider
  readonly threads?: number | undefined
  readonly lib?: OnnxRuntime | undefined
}

export type OpenEngine = (source: string | Uint8Array, options: EngineOptions) => Promise<OnnxEngine>

export const openInThisThread: OpenEngine = async (source, options) => {
  const lib = await importOptional<OnnxRuntime>(
    'prelabel/inference',
    'onnxruntime-node',
    options.lib,
    () => import('onnxruntime-node'),
  )
  const settings = sessionSettings(options)
  const session = await (typeof source === 'string'
    ? lib.InferenceSession.create(source, settings)
    : lib.InferenceSession.create(source, settings))
  return {
    inputs: session.inputMetadata.map(tensorInfo),
    outputs: session.outputMetadata.map(tensorInfo),
    async run(feeds, outputs, { giveBack } = {}) {
      const given = Object.entries(feeds).map(([name, tensor]) => [name, toOnnxTensor(lib, tensor)] as const)
      const results = await (outputs === undefined
        ? session.run(Object.fromEntries(given))
        : session.run(Object.fromEntries(given), [...outputs]))
      giveBack?.(memoryOf(feeds))
      return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, fromOnnxTensor(name, value)]))
    },
    release: () => session.release(),
  }
}

/** The memory that feeds are in, each once. */
export function memoryOf(feeds: Readonly<Record<string, Tensor>>): ArrayBuffer[] {
  const buffers = Object.values(feeds).map(({ data }) => data.buffer)
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer)
}

export function sessionSettings({ provider, threads }: EngineOptions): RuntimeSettings {
  return {
    executionProviders: [provider],
    logSeverityLevel: 3,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  }
}

export function tensorInfo(value: RuntimeValue): TensorInfo {
  if (!value.isTensor) return { name: value.name, type: 'non-tensor', shape: [] }
  const shape = value.shape.map((size) => (typeof size === 'number' ? size : undefined))
  return { name: value.name, type: value.type, shape }
}
