/** Scores of classes that exclude each other, from a row of logits; they add up to 1. */
export function softmax(logits: ArrayLike<number>, from = 0, count = logits.length): number[] {
  let max = Number.NEGATIVE_INFINITY
  for (let index = from; index < from + count; index++) max = Math.max(max, logits[index] ?? 0)
  const scores = Array.from({ length: count }, (_, index) => Math.exp((logits[from + index] ?? 0) - max))
  const sum = scores.reduce((total, score) => total + score, 0)
  return scores.map((score) => score / sum)
}

/** Score of a class that holds or not whatever the others do. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** Index of the greatest value; the first of equals. */
export function argmax(values: readonly number[]): number {
  let best = 0
  values.forEach((value, index) => {
    if (value > (values[best] ?? Number.NEGATIVE_INFINITY)) best = index
  })
  return best
}
