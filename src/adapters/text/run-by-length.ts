import { batchesByLength } from './batches.js'

/** How much of a model's input goes into one run. */
export interface MicroBatches {
  /** Most sequences in one run of the model. */
  readonly microBatch: number
  /** Most tokens in one run of the model, padding included. */
  readonly microBatchTokens: number
  readonly signal?: AbortSignal | undefined
}

/** Runs sequences in micro-batches of like length; the answers come in the order of the sequences. */
export async function runByLength<T, R>(
  sequences: readonly T[],
  lengthOf: (sequence: T) => number,
  { microBatch, microBatchTokens, signal }: MicroBatches,
  runBatch: (batch: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const answers = new Array<R>(sequences.length)
  for (const indices of batchesByLength(sequences.map(lengthOf), microBatch, microBatchTokens)) {
    signal?.throwIfAborted()
    const results = await runBatch(indices.flatMap((index) => sequences[index] ?? []))
    results.forEach((result, place) => {
      answers[indices[place] ?? 0] = result
    })
  }
  return answers
}
