import { foldText, isWordEdge } from './folded-text.js'
import type { Match, Matcher } from './match.js'

interface Node {
  readonly next: Map<string, Node>
  /** A term ends here. */
  term: boolean
}

/** How terms are compared with a text. */
export interface TermOptions {
  readonly caseSensitive: boolean
  readonly wholeWords: boolean
  readonly score: number
}

/** Finds terms word for word: at each place the longest of them. */
export function dictionaryMatcher(terms: readonly string[], options: TermOptions): Matcher {
  const root = trieOf(terms, options.caseSensitive)
  return (text) => {
    const folded = foldText(text, options.caseSensitive)
    return folded.flatMap(({ start }, index): Match[] => {
      if (options.wholeWords && !isWordEdge(folded, index)) return []
      let node: Node | undefined = root
      let end: number | undefined
      for (let at = index; node !== undefined; at++) {
        if (node.term && !(options.wholeWords && !isWordEdge(folded, at))) end = folded[at - 1]?.end
        node = node.next.get(folded[at]?.char ?? '')
      }
      return end === undefined ? [] : [{ start, end, score: options.score }]
    })
  }
}

function trieOf(terms: readonly string[], caseSensitive: boolean): Node {
  const root: Node = { next: new Map(), term: false }
  for (const term of terms) {
    let node = root
    for (const { char } of foldText(term.trim(), caseSensitive)) {
      const next = node.next.get(char) ?? { next: new Map(), term: false }
      node.next.set(char, next)
      node = next
    }
    node.term = true
  }
  return root
}
