import type { Classification } from '../../../results/findings.js'
import { floats } from '../../detection/grid.js'
import { outputNamed, type ReadContext } from './read-context.js'

/** The classes of the whole picture, best first. Scores that are no probabilities yet go through a softmax. */
export function readClassification({ layout, output }: ReadContext): Classification[] {
  const { name } = layout.boxes
  const count = layout.names.length
  const all = floats(name, outputNamed(output, name))
  const scores = probabilities(all.subarray(output.index * count, (output.index + 1) * count))
  const classes = layout.names.map((label, index) => ({ label, score: scores[index] ?? 0 }))
  return [{ kind: 'classification', classes: classes.sort((a, b) => b.score - a.score) }]
}

const ROUNDING = 0.01

function probabilities(scores: Float32Array): readonly number[] {
  const values = [...scores]
  const sum = values.reduce((total, value) => total + value, 0)
  if (Math.abs(sum - 1) < ROUNDING && values.every((value) => value >= 0))
    return values.map((value) => Math.min(value, 1))
  const highest = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - highest))
  const total = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / total)
}
