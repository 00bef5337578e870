/** Scores of classes that exclude each other, from a row of logits; they add up to 1. */
export function softmax(logits: ArrayLike<number>, from = 0, count = logits.length): number[] {
  let max = Number.NEGATIVE_INFINITY
  for (let index = from; index < from + count; index++) max = Math.max(max, logits[index] ?? 0)
  const scores: number[] = []
  let sum = 0
  for (let index = from; index < from + count; index++) {
    const score = Math.exp((logits[index] ?? 0) - max)
    sum += score
    scores.push(score)
  }
  for (let index = 0; index < count; index++) scores[index] = (scores[index] ?? 0) / sum
  return scores
}

/** Score of a class that holds or not whatever the others do. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** Index of the greatest value; the first of equals. */
export function argmax(values: readonly number[]): number {
  let best = 0
  for (let index = 1; index < values.length; index++)
    if ((values[index] ?? Number.NEGATIVE_INFINITY) > (values[best] ?? Number.NEGATIVE_INFINITY)) best = index
  return best
}
