import type { Entity } from '../text/entity.js'
import type { ModelFolder } from '../text/model-folder.js'
import { type OpenModelOptions, openModel, readLogits, unexpectedOutput } from '../text/open-model.js'
import { orDispose } from '../text/or-dispose.js'
import { type MicroBatches, runByLength } from '../text/run-by-length.js'
import { runGrouped } from '../text/run-grouped.js'
import { spanCandidates, type Thresholds, tokenCandidates } from './candidates.js'
import type { GlinerConfig } from './config.js'
import { createEncoder, type EncodedWord, type GlinerSequence, type Prompt } from './encode.js'
import { feedsOf, SPAN_INPUTS } from './feeds.js'
import { greedySearch, type Overlaps } from './greedy-search.js'
import { type Stretch, stretchesOf } from './stretches.js'

/** What to look for in texts. */
export interface ExtractRequest extends Overlaps {
  readonly texts: readonly string[]
  /** The labels in words, each once. */
  readonly labels: readonly string[]
  readonly thresholds: Thresholds
  readonly signal?: AbortSignal | undefined
}

/** Finds entities of labels that it is told. */
export interface Extractor {
  /**
   * For each text its entities, in the order of the text; offsets in UTF-16 units.
   *
   * @throws PrelabelError `labels-too-long`, `model-outputs-unknown`
   */
  extract(request: ExtractRequest): Promise<Entity[][]>
  dispose(): Promise<void>
}

/** How an {@link Extractor} is loaded and run. */
export interface ExtractorOptions extends OpenModelOptions, Omit<MicroBatches, 'signal'> {
  /** Words that neighbouring stretches of a long text share. */
  readonly overlap?: number | undefined
}

/** Words that stretches share when nobody says, where spans are scored by their ends and may be of any length. */
const TOKEN_OVERLAP = 32

interface Prepared {
  readonly words: readonly EncodedWord[]
  readonly stretches: readonly Stretch[]
  readonly sequences: readonly GlinerSequence[]
}

/**
 * Loads a GLiNER model. Whether it scores spans or tokens is read off its inputs.
 *
 * @throws PrelabelError `missing-package`, `tokenizer-not-supported`, `model-load-failed`, `model-inputs-unknown`
 */
export async function loadExtractor(
  folder: ModelFolder<GlinerConfig>,
  { overlap, microBatch, microBatchTokens, ...open }: ExtractorOptions,
): Promise<Extractor> {
  const { tokenizer, session } = await openModel(folder, SPAN_INPUTS, open)
  const { maxWidth, maxWords } = folder.config
  const encoder = await orDispose(session, () => createEncoder(tokenizer, folder.config))
  const width = session.inputs.some(({ name }) => name === 'span_idx') ? maxWidth : undefined
  const shared = Math.max(overlap ?? 0, width === undefined ? TOKEN_OVERLAP : width + 1)

  const prepare = (text: string, prompt: Prompt): Prepared => {
    const room = encoder.room(prompt)
    const words = encoder.words(text).map((word) => ({ ...word, ids: word.ids.slice(0, Math.floor(room / 4)) }))
    const stretches = stretchesOf(words, { words: maxWords, tokens: room, overlap: shared })
    const sequences = stretches.map(({ from, to }) => encoder.sequence(prompt, words.slice(from, to)))
    return { words, stretches, sequences }
  }

  const runBatch = async (batch: readonly GlinerSequence[], labels: number): Promise<Float32Array[]> => {
    const { data, dims } = readLogits(await session.run(feedsOf(batch, tokenizer.padId, width)), folder)
    const words = Math.max(...batch.map((sequence) => sequence.words))
    const expected = [batch.length, words, ...(width === undefined ? [labels, 3] : [width, labels])]
    if (dims.join() !== expected.join())
      throw unexpectedOutput(folder, `scores of shape ${dims.join('×')}, not ${expected.join('×')}`)
    const row = data.length / batch.length
    return batch.map((sequence, index) => data.subarray(index * row, index * row + (row / words) * sequence.words))
  }

  return {
    async extract({ texts, labels, thresholds, signal, ...overlaps }) {
      const prompt = encoder.prompt(labels)
      const prepared = texts.map((text) => prepare(text, prompt))
      const scores = await runGrouped(
        prepared.map(({ sequences }) => sequences),
        (all) =>
          runByLength(
            all,
            ({ ids }) => ids.length,
            { microBatch, microBatchTokens, signal },
            (batch) => runBatch(batch, labels.length),
          ),
      )
      return prepared.map(({ words, stretches }, text) => {
        const scored = stretches.flatMap((stretch, index) => {
          const data = scores[text]?.[index]
          return data === undefined ? [] : [{ stretch, data }]
        })
        const candidates =
          width === undefined
            ? tokenCandidates(scored, thresholds, words.length)
            : spanCandidates(scored, thresholds, width)
        return greedySearch(candidates, overlaps).flatMap(({ first, last, label, score }): Entity[] => {
          const [from, to, name] = [words[first], words[last], labels[label]]
          if (from === undefined || to === undefined || name === undefined) return []
          return [{ label: name, score, start: from.start, end: to.end }]
        })
      })
    },
    dispose: () => session.dispose(),
  }
}
