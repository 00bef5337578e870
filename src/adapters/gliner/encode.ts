import { PrelabelError } from '../../errors.js'
import type { AlignedTokenizer } from '../text/tokenizer.js'
import type { GlinerConfig } from './config.js'
import { type Word, wordsOf } from './words.js'

/** A word and the tokens it becomes, at least one. */
export interface EncodedWord extends Word {
  readonly ids: readonly number[]
}

/** What stands before every text: the labels that are asked for. */
export interface Prompt {
  readonly labels: readonly string[]
  readonly ids: readonly number[]
}

/** The model's input for one stretch of a text. */
export interface GlinerSequence {
  readonly ids: readonly number[]
  /** For each token the number of its word, from 1, where the model reads the word by it; else 0. */
  readonly wordsMask: readonly number[]
  readonly words: number
}

/** Turns labels and texts into the model's input, as the Python package does: each word is tokenized by itself. */
export interface Encoder {
  prompt(labels: readonly string[]): Prompt
  /**
   * The words of a text. Those that leave no token behind (control characters) are left out; the package counts them,
   * and would give the words after them wrong places.
   */
  words(text: string): EncodedWord[]
  sequence(prompt: Prompt, words: readonly EncodedWord[]): GlinerSequence
  /** Tokens that one stretch of text may have beside a prompt. */
  room(prompt: Prompt): number
}

/** Fewest tokens that must be left for text. */
const LEAST_ROOM = 16

export function createEncoder(tokenizer: AlignedTokenizer, config: GlinerConfig): Encoder {
  const { before, after } = tokenizer.special
  const idsOf = (word: string) => tokenizer.idsOf(word)

  return {
    prompt(labels) {
      const words = [...labels.flatMap((label) => [config.entToken, label]), config.sepToken]
      return { labels, ids: words.flatMap(idsOf) }
    },
    words: (text) =>
      wordsOf(text)
        .map((word) => ({ ...word, ids: idsOf(word.text) }))
        .filter(({ ids }) => ids.length > 0),
    sequence(prompt, words) {
      const head = [...before, ...prompt.ids]
      const masks = words.map(({ ids }, index) => maskOf(ids.length, index + 1, config.pooling))
      return {
        ids: [...head, ...words.flatMap(({ ids }) => ids), ...after],
        wordsMask: [...head.map(() => 0), ...masks.flat(), ...after.map(() => 0)],
        words: words.length,
      }
    },
    room(prompt) {
      const room = config.maxTokens - before.length - after.length - prompt.ids.length
      if (room < LEAST_ROOM) throw noRoom(prompt, config.maxTokens)
      return room
    },
  }
}

function maskOf(tokens: number, word: number, pooling: GlinerConfig['pooling']): number[] {
  const read = pooling === 'first' ? 0 : tokens - 1
  const all = pooling === 'mean' || pooling === 'max'
  return Array.from({ length: tokens }, (_, index) => (all || index === read ? word : 0))
}

function noRoom({ labels, ids }: Prompt, maxTokens: number): PrelabelError {
  return new PrelabelError(
    `${labels.length} labels of ${ids.length} tokens leave no room in the model's ${maxTokens}`,
    {
      code: 'labels-too-long',
      hint: 'Ask for fewer labels with one adapter, or say them in shorter words (`prompts`).',
    },
  )
}
