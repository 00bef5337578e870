import { type AlignedText, alignText, segment, textOf } from './aligned-text.js'
import type { Normalizer } from './normalizers.js'
import { literalPattern } from './pattern.js'
import type { AddedTokenSpec } from './tokenizer-spec.js'

/** A stretch of text that is one added token (`[MASK]`), or one that still has to be tokenized. */
export interface AddedSection {
  readonly text: AlignedText
  readonly added?: AddedTokenSpec
}

/** Cuts added tokens out of a text; a token that strips takes the white space beside it. */
export type AddedTokenSplitter = (text: AlignedText) => AddedSection[]

/** @param normalizer how the tokens' contents are written in the text that is cut; none for the raw text */
export function addedTokenSplitter(
  tokens: readonly AddedTokenSpec[],
  normalizer: Normalizer = (text) => text,
): AddedTokenSplitter {
  const byContent = new Map(tokens.map((token) => [textOf(normalizer(alignText(token.content))), token]))
  byContent.delete('')
  if (byContent.size === 0) return (text) => [{ text }]
  const pattern = literalPattern([...byContent.keys()])
  return (text) => {
    const sections: AddedSection[] = segment(text, pattern).map((part) => {
      const added = part.matched ? byContent.get(textOf(part.text)) : undefined
      return added === undefined ? { text: part.text } : { text: part.text, added }
    })
    return strip(rejoin(sections))
  }
}

/** Tokens of whole words only (`single_word`) that stand inside a word are text after all. */
function rejoin(sections: readonly AddedSection[]): AddedSection[] {
  const out: AddedSection[] = []
  sections.forEach((section, index) => {
    const inside =
      section.added?.single_word === true &&
      (endsWithWord(sections[index - 1]?.text) || startsWithWord(sections[index + 1]?.text))
    const current = inside ? { text: section.text } : section
    const last = out.at(-1)
    if (last !== undefined && last.added === undefined && current.added === undefined)
      out[out.length - 1] = { text: [...last.text, ...current.text] }
    else out.push(current)
  })
  return out
}

function strip(sections: readonly AddedSection[]): AddedSection[] {
  return sections
    .map((section, index) => {
      if (section.added !== undefined) return section
      const from = sections[index - 1]?.added?.rstrip === true ? section.text.findIndex(isInk) : 0
      const to = sections[index + 1]?.added?.lstrip === true ? section.text.findLastIndex(isInk) + 1 : undefined
      return { text: from === -1 ? [] : section.text.slice(from, to) }
    })
    .filter((section) => section.text.length > 0)
}

function isInk({ char }: { readonly char: string }): boolean {
  return !/^\p{White_Space}$/u.test(char)
}

function startsWithWord(text: AlignedText | undefined): boolean {
  return /^[\p{Alphabetic}\p{Nd}_]/u.test(text?.at(0)?.char ?? '')
}

function endsWithWord(text: AlignedText | undefined): boolean {
  return /^[\p{Alphabetic}\p{Nd}_]/u.test(text?.at(-1)?.char ?? '')
}
