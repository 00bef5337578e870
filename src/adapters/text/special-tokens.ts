/** What stands around one text, and around a pair of texts, in the model's input. */
export interface SpecialTokens {
  readonly before: readonly number[]
  readonly after: readonly number[]
  /** Between the two texts of a pair. */
  readonly between: readonly number[]
  /** After the second text of a pair. */
  readonly afterPair: readonly number[]
  /** Segment of the second text, and of what stands after it: 1 for BERT, 0 for RoBERTa. */
  readonly secondSegment: number
}

/** The library's post-processor: puts special tokens around one text or two. */
export type PostProcessor = (
  first: string[],
  second?: string[] | null,
  addSpecialTokens?: boolean,
) => { tokens: string[]; token_type_ids?: number[] }

/** Finds what the post-processor puts around texts by giving it two that no tokenizer can make. */
export function specialTokens(postProcessor: PostProcessor | null, idOf: (token: string) => number): SpecialTokens {
  if (postProcessor === null) return { before: [], after: [], between: [], afterPair: [], secondSegment: 0 }
  const [first, second] = ['\u0000first', '\u0000second']
  const ids = (tokens: readonly string[]) => tokens.map(idOf)
  const single = postProcessor([first], null, true).tokens
  const pair = postProcessor([first], [second], true)
  const [at, firstAt, secondAt] = [single.indexOf(first), pair.tokens.indexOf(first), pair.tokens.indexOf(second)]
  return {
    before: ids(single.slice(0, at)),
    after: ids(single.slice(at + 1)),
    between: ids(pair.tokens.slice(firstAt + 1, secondAt)),
    afterPair: ids(pair.tokens.slice(secondAt + 1)),
    secondSegment: pair.token_type_ids?.[secondAt] ?? 0,
  }
}
