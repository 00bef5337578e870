import type { ClassScore } from '../../results/findings.js'
import { type LongTexts, meanOfParts, partsOf } from '../text/parts.js'
import { sigmoid, softmax } from '../text/probabilities.js'
import { runGrouped } from '../text/run-grouped.js'
import { textSequence } from '../text/sequences.js'
import type { TextModel } from '../text/text-model.js'

/** How a {@link Classifier} reads its model. */
export interface ClassifierOptions {
  readonly multiLabel?: boolean | undefined
  readonly longTexts: LongTexts
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

  const scoresOf = (logits: Float32Array) => (multiLabel ? Array.from(logits, sigmoid) : softmax(logits))

  return {
    multiLabel,
    async classify(texts, signal) {
      const parts = texts.map((text) => partsOf(tokenizer.idsOf(text), size, options.longTexts))
      const sequences = parts.map((of) => of.map((ids) => textSequence(tokenizer, ids)))
      const logits = await runGrouped(sequences, (all) => model.run(all, signal))
      return logits.map((of, text) => {
        const scores = of.map(({ data }) => scoresOf(data))
        return ranked(config.labels, meanOfParts(scores, parts[text] ?? []))
      })
    },
  }
}

function ranked(labels: readonly string[], scores: readonly number[]): Required<ClassScore>[] {
  return labels.map((label, index) => ({ label, score: scores[index] ?? 0 })).sort((a, b) => b.score - a.score)
}
