import type { ClassScore } from '../../results/findings.js'
import { sigmoid, softmax } from '../text/probabilities.js'
import { textSequence } from '../text/sequences.js'
import type { TextModel } from '../text/text-model.js'
import { windowsOf } from '../text/windows.js'

/** How a {@link Classifier} reads its model. */
export interface ClassifierOptions {
  readonly multiLabel?: boolean | undefined
  readonly longTexts: 'average' | 'first'
  readonly maxTokens?: number | undefined
}

/** Says what texts are. */
export interface Classifier {
  readonly multiLabel: boolean
  /** For each text the score of every class, best first. */
  classify(texts: readonly string[], signal?: AbortSignal): Promise<Required<ClassScore>[][]>
}

/** A model with one class is one that may hold or not, whatever its config says. */
export function createClassifier(model: TextModel, options: ClassifierOptions): Classifier {
  const { tokenizer, config } = model
  const multiLabel = options.multiLabel ?? (config.multiLabel || config.labels.length === 1)
  const { before, after } = tokenizer.special
  const size = Math.min(options.maxTokens ?? config.maxTokens, config.maxTokens) - before.length - after.length

  const partsOf = (text: string): number[][] => {
    const ids = tokenizer.tokenize(text).map(({ id }) => id)
    const parts = windowsOf(ids.length, size, 0).map(({ from, to }) => ids.slice(from, to))
    return options.longTexts === 'first' ? parts.slice(0, 1) : parts
  }
  const scoresOf = (logits: Float32Array) => (multiLabel ? Array.from(logits, sigmoid) : softmax(logits))

  return {
    multiLabel,
    async classify(texts, signal) {
      const parts = texts.map(partsOf)
      const logits = await model.run(
        parts.flat().map((ids) => textSequence(tokenizer, ids)),
        signal,
      )
      let next = 0
      return parts.map((of) => {
        const scores = of.map(() => scoresOf(logits[next++]?.data ?? new Float32Array()))
        return ranked(
          config.labels,
          mean(
            scores,
            of.map((ids) => ids.length),
          ),
        )
      })
    },
  }
}

/** The mean of rows of scores; a part counts by its length, so that a short rest weighs little. */
function mean(rows: readonly (readonly number[])[], weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const [first] = rows
  if (first === undefined || rows.length === 1 || total === 0) return [...(first ?? [])]
  return first.map((_, index) =>
    rows.reduce((sum, row, part) => sum + ((row[index] ?? 0) * (weights[part] ?? 0)) / total, 0),
  )
}

function ranked(labels: readonly string[], scores: readonly number[]): Required<ClassScore>[] {
  return labels.map((label, index) => ({ label, score: scores[index] ?? 0 })).sort((a, b) => b.score - a.score)
}
