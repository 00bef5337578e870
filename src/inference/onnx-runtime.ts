import type { ExecutionProvider } from './execution-provider.js'

/**
 * What is used of the module `onnxruntime-node`. Written out here, so that the declarations of this library can be read
 * where that package is not installed.
 */
export interface OnnxRuntime {
  readonly Tensor: {
    new (type: 'float32', data: Float32Array, dims: readonly number[]): RuntimeTensor
    new (type: 'float16', data: Uint16Array, dims: readonly number[]): RuntimeTensor
    new (type: 'int64', data: BigInt64Array, dims: readonly number[]): RuntimeTensor
    new (type: 'int32', data: Int32Array, dims: readonly number[]): RuntimeTensor
    new (type: 'uint8' | 'bool', data: Uint8Array, dims: readonly number[]): RuntimeTensor
  }
  readonly InferenceSession: {
    create(path: string, settings: RuntimeSettings): Promise<RuntimeSession>
    create(model: Uint8Array, settings: RuntimeSettings): Promise<RuntimeSession>
  }
}

/** A tensor as the runtime has it. */
export interface RuntimeTensor {
  readonly type: string
  readonly data: unknown
  readonly dims: readonly number[]
}

/** The settings of a session that this library sets. */
export interface RuntimeSettings {
  executionProviders: readonly ExecutionProvider[]
  logSeverityLevel: 0 | 1 | 2 | 3 | 4
  intraOpNumThreads?: number
}

/** A session as the runtime has it. */
export interface RuntimeSession {
  readonly inputMetadata: readonly RuntimeValue[]
  readonly outputMetadata: readonly RuntimeValue[]
  run(feeds: Readonly<Record<string, RuntimeTensor>>): Promise<Readonly<Record<string, RuntimeTensor>>>
  run(
    feeds: Readonly<Record<string, RuntimeTensor>>,
    outputs: readonly string[],
  ): Promise<Readonly<Record<string, RuntimeTensor>>>
  release(): Promise<void>
}

/** An input or output as the runtime describes it. */
export type RuntimeValue =
  | { readonly name: string; readonly isTensor: false }
  | {
      readonly name: string
      readonly isTensor: true
      readonly type: string
      readonly shape: readonly (number | string)[]
    }
