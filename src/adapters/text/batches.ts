/**
 * Groups sequences into batches of like length, so that little of a batch is padding.
 *
 * @param lengths tokens of each sequence
 * @param maxSize most sequences in a batch
 * @param maxTokens most tokens in a batch, padding included; a longer sequence gets a batch of its own
 * @returns indices into `lengths`, each once
 */
export function batchesByLength(lengths: readonly number[], maxSize: number, maxTokens: number): number[][] {
  const order = lengths.map((_, index) => index).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0))
  const batches: number[][] = []
  for (const index of order) {
    const batch = batches.at(-1)
    const fits =
      batch !== undefined && batch.length < maxSize && (batch.length + 1) * (lengths[index] ?? 0) <= maxTokens
    if (fits) batch.push(index)
    else batches.push([index])
  }
  return batches
}
