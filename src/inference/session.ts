/** Tensors in, tensors out: the one face of every place a model can run. */

/** Element types that models of this library meet. */
export interface TensorData {
  float32: Float32Array
  /** Raw 16-bit patterns. */
  float16: Uint16Array
  int64: BigInt64Array
  int32: Int32Array
  uint8: Uint8Array
  bool: Uint8Array
}
export type TensorType = keyof TensorData

export type Tensor = {
  [T in TensorType]: { readonly type: T; readonly dims: readonly number[]; readonly data: TensorData[T] }
}[TensorType]

/** A model's input or output; a dimension that is free is `undefined`. */
export interface TensorInfo {
  readonly name: string
  readonly type: string
  readonly shape: readonly (number | undefined)[]
}

/** An execution provider that could not be used. */
export interface RefusedProvider {
  readonly provider: string
  /** One line, as the runtime says it. */
  readonly reason: string
}

/** How feeds are handed over. */
export interface RunOptions {
  /**
   * The feeds are not needed any more: a model in a thread of its own takes their memory instead of a copy, and the arrays
   * are empty afterwards. @default false
   */
  readonly consume?: boolean
  /**
   * The same, and the memory is wanted back for other feeds: what of it is free again after a run is given here. A model on
   * a server gives none.
   */
  readonly giveBack?: (memory: readonly ArrayBuffer[]) => void
  /** Ends a run on a server; a model in this process finishes what it has begun. */
  readonly signal?: AbortSignal
}

/** A loaded model. */
export interface Session {
  readonly inputs: readonly TensorInfo[]
  readonly outputs: readonly TensorInfo[]
  /** Where it runs: `cpu`, `cuda`, `remote`, … */
  readonly provider: string
  /** Places that were asked for before and could not run it, with why; empty or absent when the first one took it. */
  readonly refused?: readonly RefusedProvider[]
  /** Runs the model. Only outputs named in `outputs` are fetched; all without it. */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    outputs?: readonly string[],
    options?: RunOptions,
  ): Promise<Readonly<Record<string, Tensor>>>
  dispose(): Promise<void>
}
