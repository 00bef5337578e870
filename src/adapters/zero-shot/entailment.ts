import { PrelabelError } from '../../errors.js'
import { type LongTexts, meanOfParts, partsOf } from '../text/parts.js'
import { softmax } from '../text/probabilities.js'
import { runGrouped } from '../text/run-grouped.js'
import { pairSequence } from '../text/sequences.js'
import type { Logits, TextModel } from '../text/text-model.js'

/** A text, and the sentences to hold against it. */
export interface Question {
  readonly text: string
  readonly hypotheses: readonly string[]
  /** Each hypothesis by itself, so that several may hold; else their scores add up to 1. */
  readonly independent: boolean
}

/** Judges whether texts entail sentences. */
export interface Judge {
  /** For each question the score of each hypothesis, in their order, 0..1. */
  judge(questions: readonly Question[], signal?: AbortSignal): Promise<number[][]>
}

/**
 * Zero-shot classification by natural-language inference, with the meaning of the Python zero-shot-classification
 * pipeline (huggingface/transformers).
 *
 * @throws PrelabelError `model-not-nli` when the model has no class for entailment
 */
export function createJudge(model: TextModel, longTexts: LongTexts): Judge {
  const { tokenizer, config } = model
  const entailment = config.labels.findIndex((label) => label.toLowerCase().startsWith('entail'))
  if (entailment === -1 || config.labels.length < 2) throw notNli(config.labels)
  const contradiction = entailment === 0 ? config.labels.length - 1 : 0
  const { before, between, afterPair } = tokenizer.special

  const pairsOf = ({ text, hypotheses }: Question) => {
    const seconds = hypotheses.map((hypothesis) => tokenizer.idsOf(hypothesis))
    const longest = Math.max(0, ...seconds.map((ids) => ids.length))
    const room = config.maxTokens - before.length - between.length - afterPair.length - longest
    if (room < 1) throw noRoom(longest)
    const parts = partsOf(tokenizer.idsOf(text), room, longTexts)
    return { parts, sequences: parts.flatMap((part) => seconds.map((second) => pairSequence(tokenizer, part, second))) }
  }
  const scoresOf = (logits: readonly Logits[], independent: boolean): number[] => {
    const yes = logits.map(({ data }) => data[entailment] ?? 0)
    if (!independent && yes.length > 1) return softmax(yes)
    return logits.map(({ data }) => softmax([data[contradiction] ?? 0, data[entailment] ?? 0])[1] ?? 0)
  }

  return {
    async judge(questions, signal) {
      const pairs = questions.map(pairsOf)
      const logits = await runGrouped(
        pairs.map(({ sequences }) => sequences),
        (all) => model.run(all, signal),
      )
      return questions.map(({ hypotheses: { length }, independent }, index) => {
        const parts = pairs[index]?.parts ?? []
        const of = parts.map((_, part) => logits[index]?.slice(part * length, (part + 1) * length) ?? [])
        return meanOfParts(
          of.map((rows) => scoresOf(rows, independent)),
          parts,
        )
      })
    },
  }
}

function notNli(labels: readonly string[]): PrelabelError {
  return new PrelabelError(`The model's classes are ${labels.join(', ')}; none of them is entailment`, {
    code: 'model-not-nli',
    hint: 'Take a model that was trained on natural-language inference (MNLI, XNLI).',
  })
}

function noRoom(tokens: number): PrelabelError {
  return new PrelabelError(`A hypothesis of ${tokens} tokens leaves no room for the text`, {
    code: 'hypothesis-too-long',
    hint: 'Shorten `hypothesisTemplate` or the hints of the choices.',
  })
}
