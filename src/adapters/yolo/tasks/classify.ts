import type { Classification } from '../../../results/findings.js'
import { floats } from '../../detection/grid.js'
import { softmax } from '../../text/probabilities.js'
import { outputNamed, type ReadContext } from './read-context.js'

/** The classes of the whole picture above their floors, best first. Scores that are no probabilities yet go through a softmax. */
export function readClassification({ layout, output, floors }: ReadContext): Classification[] {
  const { name } = layout.boxes
  const count = layout.names.length
  const all = floats(name, outputNamed(output, name))
  const scores = probabilities(all.subarray(output.index * count, (output.index + 1) * count))
  const classes = layout.names
    .map((label, index) => ({ label, score: scores[index] ?? 0 }))
    .filter(({ score }, index) => score > (floors[index] ?? 1))
    .sort((a, b) => b.score - a.score)
  return classes.length === 0 ? [] : [{ kind: 'classification', classes }]
}

const ROUNDING = 0.01

function probabilities(scores: Float32Array): readonly number[] {
  const sum = scores.reduce((total, score) => total + score, 0)
  const done = Math.abs(sum - 1) < ROUNDING && scores.every((score) => score >= 0)
  return done ? Array.from(scores, (score) => Math.min(score, 1)) : softmax(scores)
}
