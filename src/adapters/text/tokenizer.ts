/** A tokenizer that says where each token stands in the text: the library's model behind steps that keep places. */

import { LRUCache } from 'lru-cache'
import { PrelabelError } from '../../errors.js'
import { type AddedSection, addedTokenSplitter } from './align/added-tokens.js'
import { type AlignedText, alignText, sourceOf, textOf } from './align/aligned-text.js'
import { chunkCutter } from './align/chunks.js'
import { createNormalizer } from './align/normalizers.js'
import { createPreTokenizer } from './align/pre-tokenizers.js'
import { placeTokens } from './align/token-places.js'
import { tokenizerSpec } from './align/tokenizer-spec.js'
import { type PostProcessor, type SpecialTokens, specialTokens } from './special-tokens.js'

/**
 * What is used of the module `@huggingface/transformers`. Written out here, so that the declarations of this library can
 * be read where that package is not installed.
 */
export interface Transformers {
  readonly PreTrainedTokenizer: new (json: object, config: object) => TransformersTokenizer
}

/** A tokenizer as the library has it. */
export interface TransformersTokenizer {
  readonly pad_token_id?: number | undefined
  readonly _tokenizer: { readonly model: TokenizerModel | null; readonly post_processor: PostProcessor | null }
}

/** From pieces of text to tokens. */
export interface TokenizerModel {
  (pieces: string[]): string[]
  readonly tokens_to_ids: ReadonlyMap<string, number>
  readonly unk_token_id?: number | undefined
}

/** One token of a text. Offsets are UTF-16 units of that text, white space at its edges left out. */
export interface Token {
  readonly id: number
  /** As the model writes it: `##ing`, `Ġthe`. */
  readonly token: string
  readonly start: number
  readonly end: number
}

/** A tokenizer of a model folder. */
export interface AlignedTokenizer {
  /** All tokens of a text, without special ones and without a limit. */
  tokenize(text: string): readonly Token[]
  /** Their ids alone. */
  idsOf(text: string): number[]
  readonly special: SpecialTokens
  readonly padId: number
  readonly unknownId: number | undefined
  /** `##` of WordPiece; empty for tokenizers that do not mark the inside of words. */
  readonly continuingPrefix: string
}

/**
 * @param json the content of `tokenizer.json`
 * @param config the content of `tokenizer_config.json`
 * @throws PrelabelError `tokenizer-not-supported`
 */
export function createAlignedTokenizer(lib: Transformers, json: object, config: object): AlignedTokenizer {
  const checked = tokenizerSpec.safeParse(json)
  if (!checked.success) throw notSupported(`${checked.error.issues[0]?.path.join('.')}`, checked.error)
  const spec = checked.data
  const { _tokenizer: inner, pad_token_id: padId } = openTokenizer(lib, json, config)
  const { model, post_processor: postProcessor } = inner
  if (model === null) throw notSupported('model')

  const normalize = createNormalizer(spec.normalizer)
  const preTokenize = createPreTokenizer(spec.pre_tokenizer)
  const splitRaw = addedTokenSplitter(spec.added_tokens.filter((token) => !token.normalized))
  const splitNormalized = addedTokenSplitter(
    spec.added_tokens.filter((token) => token.normalized),
    normalize,
  )
  const writing = {
    continuingPrefix: spec.model.continuing_subword_prefix ?? '',
    endOfWordSuffix: spec.model.end_of_word_suffix ?? '',
  }
  const idOf = (token: string) => model.tokens_to_ids.get(token) ?? model.unk_token_id ?? 0

  const known = new LRUCache<string, readonly string[]>({ max: CACHED_PIECES })
  const tokensOf = (piece: string): readonly string[] => {
    const tokens = known.get(piece) ?? model([piece])
    if (piece.length <= LONGEST_CACHED) known.set(piece, tokens)
    return tokens
  }

  const section = ({ text, added }: AddedSection): PlacedId[] => {
    if (added !== undefined) return [{ id: added.id, token: added.content, text }]
    return preTokenize(text).flatMap((piece) => {
      return placeTokens(piece, tokensOf(textOf(piece)), writing).map((placed) => ({
        ...placed,
        id: idOf(placed.token),
      }))
    })
  }

  const placedIn = (text: string) =>
    splitRaw(alignText(text))
      .flatMap((raw) => (raw.added === undefined ? splitNormalized(normalize(raw.text)) : [raw]))
      .flatMap(section)

  const tokensIn = (text: string): readonly Token[] =>
    placedIn(text).map(({ id, token, text: aligned }) => ({ id, token, ...inkOf(text, aligned) }))

  const cut = chunkCutter(spec)
  const knownChunks = new LRUCache<string, readonly Token[]>({ max: CACHED_PIECES })
  const tokensOfChunk = (chunk: string): readonly Token[] => {
    const tokens = knownChunks.get(chunk) ?? tokensIn(chunk)
    if (chunk.length <= LONGEST_CACHED) knownChunks.set(chunk, tokens)
    return tokens
  }
  const tokenize = (text: string): readonly Token[] => {
    if (cut === undefined) return tokensIn(text)
    const found: Token[] = []
    let from = 0
    for (const chunk of cut(text)) {
      for (const { id, token, start, end } of tokensOfChunk(chunk))
        found.push({ id, token, start: from + start, end: from + end })
      from += chunk.length
    }
    return found
  }

  return {
    tokenize,
    idsOf: (text) => tokenize(text).map(({ id }) => id),
    special: specialTokens(postProcessor, idOf),
    padId: padId ?? 0,
    unknownId: model.unk_token_id,
    continuingPrefix: writing.continuingPrefix,
  }
}

/** Words come again and again: how many pieces and chunks keep their tokens, and how long one may be. */
const CACHED_PIECES = 10_000
const LONGEST_CACHED = 64

interface PlacedId {
  readonly id: number
  readonly token: string
  readonly text: AlignedText
}

function openTokenizer(lib: Transformers, json: object, config: object) {
  try {
    return new lib.PreTrainedTokenizer(json, config)
  } catch (cause) {
    throw notSupported('tokenizer.json', cause)
  }
}

/** The stretch that a token came from, without spaces at its edges. */
function inkOf(text: string, aligned: AlignedText): { start: number; end: number } {
  let { start, end } = sourceOf(aligned)
  while (start < end && text[start] === ' ') start++
  while (end > start && text[end - 1] === ' ') end--
  return { start, end }
}

function notSupported(where: string, cause?: unknown): PrelabelError {
  return new PrelabelError(`The model's tokenizer is of a kind that cannot be read here (${where})`, {
    code: 'tokenizer-not-supported',
    hint: 'Use a model with a WordPiece, byte-level BPE or SentencePiece tokenizer saved as tokenizer.json.',
    cause,
  })
}
