/** The parts of a `tokenizer.json` that decide where a token comes from. Format: huggingface/tokenizers. */

import { z } from 'zod'

const pattern = z.union([z.object({ String: z.string() }), z.object({ Regex: z.string() })])

const behavior = z.preprocess(
  (value) => (typeof value === 'string' ? value.toLowerCase().replaceAll('_', '') : value),
  z.enum(['removed', 'isolated', 'mergedwithprevious', 'mergedwithnext', 'contiguous']),
)

const plainNormalizer = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('BertNormalizer'),
    clean_text: z.boolean().default(true),
    handle_chinese_chars: z.boolean().default(true),
    strip_accents: z.boolean().nullish(),
    lowercase: z.boolean().default(true),
  }),
  z.object({ type: z.literal('NFC') }),
  z.object({ type: z.literal('NFD') }),
  z.object({ type: z.literal('NFKC') }),
  z.object({ type: z.literal('NFKD') }),
  z.object({ type: z.literal('Lowercase') }),
  z.object({ type: z.literal('StripAccents') }),
  z.object({ type: z.literal('Strip'), strip_left: z.boolean().default(true), strip_right: z.boolean().default(true) }),
  z.object({ type: z.literal('Replace'), pattern, content: z.string() }),
  z.object({ type: z.literal('Prepend'), prepend: z.string() }),
  z.object({ type: z.literal('Precompiled'), precompiled_charsmap: z.string() }),
])
type PlainNormalizer = z.infer<typeof plainNormalizer>

export type NormalizerSpec = PlainNormalizer | { readonly type: 'Sequence'; readonly normalizers: NormalizerSpec[] }

const normalizer: z.ZodType<NormalizerSpec> = z.lazy(() =>
  z.union([z.object({ type: z.literal('Sequence'), normalizers: z.array(normalizer) }), plainNormalizer]),
)

const plainPreTokenizer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('BertPreTokenizer') }),
  z.object({ type: z.literal('Whitespace') }),
  z.object({ type: z.literal('WhitespaceSplit') }),
  z.object({ type: z.literal('Punctuation'), behavior: behavior.default('isolated') }),
  z.object({ type: z.literal('Digits'), individual_digits: z.boolean().default(false) }),
  z.object({ type: z.literal('Split'), pattern, behavior, invert: z.boolean().default(false) }),
  z.object({
    type: z.literal('ByteLevel'),
    add_prefix_space: z.boolean().default(true),
    use_regex: z.boolean().default(true),
  }),
  z.object({
    type: z.literal('Metaspace'),
    replacement: z.string().default('▁'),
    prepend_scheme: z.enum(['always', 'first', 'never']).optional(),
    add_prefix_space: z.boolean().default(true),
    split: z.boolean().default(true),
  }),
])
type PlainPreTokenizer = z.infer<typeof plainPreTokenizer>

export type PreTokenizerSpec =
  | PlainPreTokenizer
  | { readonly type: 'Sequence'; readonly pretokenizers: PreTokenizerSpec[] }

const preTokenizer: z.ZodType<PreTokenizerSpec> = z.lazy(() =>
  z.union([z.object({ type: z.literal('Sequence'), pretokenizers: z.array(preTokenizer) }), plainPreTokenizer]),
)

/** Reads and checks those parts; what else the file holds is left to the tokenizer itself. */
export const tokenizerSpec = z.object({
  added_tokens: z
    .array(
      z.object({
        id: z.number().int(),
        content: z.string().min(1),
        single_word: z.boolean().default(false),
        lstrip: z.boolean().default(false),
        rstrip: z.boolean().default(false),
        normalized: z.boolean().default(false),
      }),
    )
    .default([]),
  normalizer: normalizer.nullish(),
  pre_tokenizer: preTokenizer.nullish(),
  model: z.object({
    type: z.enum(['WordPiece', 'BPE', 'Unigram']).optional(),
    continuing_subword_prefix: z.string().nullish(),
    end_of_word_suffix: z.string().nullish(),
  }),
})

export type TokenizerSpec = z.infer<typeof tokenizerSpec>
export type AddedTokenSpec = TokenizerSpec['added_tokens'][number]
export type SplitBehavior = z.infer<typeof behavior>
export type PatternSpec = z.infer<typeof pattern>
