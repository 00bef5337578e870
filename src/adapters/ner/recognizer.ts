import { PrelabelError } from '../../errors.js'
import { softmax } from '../text/probabilities.js'
import { textSequence } from '../text/sequences.js'
import type { TextModel } from '../text/text-model.js'
import type { Token } from '../text/tokenizer.js'
import { type Window, windowsOf } from '../text/windows.js'
import { type Aggregation, aggregate, type Entity, type ScoredToken } from './aggregate.js'
import { detectScheme, type LabelScheme, readTags } from './label-scheme.js'
import { mergeWindows } from './merge-windows.js'
import { continuations } from './words.js'

/** How a {@link Recognizer} reads its model. */
export interface RecognizerOptions {
  readonly aggregation?: Aggregation | undefined
  readonly scheme?: LabelScheme | undefined
  readonly maxTokens?: number | undefined
  readonly stride?: number | undefined
}

/** Finds the entities of texts. */
export interface Recognizer {
  /** For each text its entities, in the order of the text; offsets in UTF-16 units. */
  recognize(texts: readonly string[], signal?: AbortSignal): Promise<Entity[][]>
}

interface Job {
  readonly text: number
  readonly window: Window
}

interface Prepared {
  readonly tokens: readonly Token[]
  readonly continues: readonly boolean[]
  readonly windows: readonly Window[]
}

/** @throws PrelabelError `invalid-options` when the windows would leave no room for text */
export function createRecognizer(model: TextModel, options: RecognizerOptions = {}): Recognizer {
  const { tokenizer, config } = model
  const { before, after } = tokenizer.special
  const aggregation = options.aggregation ?? (tokenizer.continuingPrefix === '' ? 'simple' : 'first')
  const tags = readTags(config.labels, options.scheme ?? detectScheme(config.labels))
  const size = Math.min(options.maxTokens ?? config.maxTokens, config.maxTokens) - before.length - after.length
  const overlap = options.stride ?? Math.min(128, Math.floor(size / 4))
  if (overlap >= size) throw noRoom(size, overlap)

  const prepare = (text: string): Prepared => {
    const tokens = tokenizer.tokenize(text)
    const windows = tokens.length === 0 ? [] : windowsOf(tokens.length, size, overlap)
    return { tokens, continues: continuations(text, tokens, tokenizer), windows }
  }

  const entitiesIn = ({ tokens, continues }: Prepared, { from, to }: Window, data: Float32Array): Entity[] => {
    const scored = tokens.slice(from, to).map(({ start, end }, index): ScoredToken => {
      const row = (before.length + index) * tags.length
      return { start, end, scores: softmax(data, row, tags.length), continuesWord: continues[from + index] ?? false }
    })
    return aggregate(scored, tags, aggregation)
  }

  return {
    async recognize(texts, signal) {
      const prepared = texts.map(prepare)
      const jobs = prepared.flatMap(({ windows }, text) => windows.map((window): Job => ({ text, window })))
      const sequences = jobs.map(({ text, window }) => {
        const tokens = prepared[text]?.tokens.slice(window.from, window.to) ?? []
        return textSequence(
          tokenizer,
          tokens.map(({ id }) => id),
        )
      })
      const logits = await model.run(sequences, signal)
      return prepared.map((of, text) =>
        mergeWindows(
          jobs.flatMap(({ text: owner, window }, index) => {
            const data = logits[index]?.data
            const [first, last] = [of.tokens[window.from], of.tokens[window.to - 1]]
            if (owner !== text || data === undefined || first === undefined || last === undefined) return []
            return [{ entities: entitiesIn(of, window, data), start: first.start, end: last.end }]
          }),
        ),
      )
    },
  }
}

function noRoom(size: number, overlap: number): PrelabelError {
  return new PrelabelError(`Windows of ${size} tokens cannot share ${overlap}`, {
    code: 'invalid-options',
    path: 'ner.stride',
    hint: 'Make `stride` smaller or `maxTokens` greater.',
  })
}
