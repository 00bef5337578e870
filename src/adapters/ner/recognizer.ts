import { PrelabelError } from '../../errors.js'
import type { Entity } from '../text/entity.js'
import { softmax } from '../text/probabilities.js'
import { runGrouped } from '../text/run-grouped.js'
import { textSequence } from '../text/sequences.js'
import type { TextModel } from '../text/text-model.js'
import type { Token } from '../text/tokenizer.js'
import { type Window, windowsOf } from '../text/windows.js'
import { type Aggregation, aggregate, type ScoredToken } from './aggregate.js'
import { detectScheme, type LabelScheme, readTags } from './label-scheme.js'
import { mergeWindows, type WindowEntities } from './merge-windows.js'
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

  const entitiesIn = ({ tokens, continues }: Prepared, { from, to }: Window, data: Float32Array): WindowEntities => {
    const scored = tokens.slice(from, to).map(({ start, end }, index): ScoredToken => {
      const row = (before.length + index) * tags.length
      return { start, end, scores: softmax(data, row, tags.length), continuesWord: continues[from + index] ?? false }
    })
    const entities = aggregate(scored, tags, aggregation)
    return { entities, start: scored[0]?.start ?? 0, end: scored.at(-1)?.end ?? 0 }
  }

  return {
    async recognize(texts, signal) {
      const prepared = texts.map(prepare)
      const sequences = prepared.map(({ tokens, windows }) =>
        windows.map(({ from, to }) =>
          textSequence(
            tokenizer,
            tokens.slice(from, to).map(({ id }) => id),
          ),
        ),
      )
      const logits = await runGrouped(sequences, (all) => model.run(all, signal))
      return prepared.map((of, text) =>
        mergeWindows(
          of.windows.flatMap((window, index) => {
            const data = logits[text]?.[index]?.data
            return data === undefined ? [] : [entitiesIn(of, window, data)]
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
