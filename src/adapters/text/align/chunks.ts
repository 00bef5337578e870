import type { TokenizerSpec } from './tokenizer-spec.js'

/** A single space between two printable ASCII characters; it belongs to what follows. */
const BORDER = /(?<=[!-~])(?= [!-~])/

/**
 * Cuts a text where no step of the tokenizer looks from one side to the other, so that a chunk has the same tokens
 * wherever it stands. Undefined when some step may look further: a text is then tokenized as a whole.
 */
export function chunkCutter(spec: TokenizerSpec): ((text: string) => string[]) | undefined {
  const { normalizer, pre_tokenizer: preTokenizer, added_tokens: added } = spec
  const perCharacter = normalizer === null || normalizer === undefined || normalizer.type === 'BertNormalizer'
  const cutsAtSpaces =
    preTokenizer?.type === 'BertPreTokenizer' || (preTokenizer?.type === 'ByteLevel' && preTokenizer.use_regex)
  const staysInside = added.every(({ content, rstrip }) => !content.includes(' ') && !rstrip)
  return perCharacter && cutsAtSpaces && staysInside ? (text) => text.split(BORDER) : undefined
}
