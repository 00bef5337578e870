import type { AlignedText } from '../text/align/aligned-text.js'
import type { TermOptions } from './dictionary.js'
import { foldText, isWordEdge } from './folded-text.js'
import { type Match, type Matcher, withoutOverlaps } from './match.js'

/**
 * Finds terms with at most `maxEdits` characters wrong, missing or too many (Levenshtein). Matches begin and end at
 * word edges; of matches that overlap the one with the fewest edits stays. The score falls by the share of edits.
 */
export function fuzzyMatcher(terms: readonly string[], maxEdits: number, options: TermOptions): Matcher {
  const folded = terms.map((term) => foldText(term.trim(), options.caseSensitive).map(({ char }) => char))
  return (text) => {
    const body = foldText(text, options.caseSensitive)
    const starts = [...body.keys()].filter((index) => isWordEdge(body, index) && body[index]?.char !== ' ')
    const found = folded.flatMap((term) =>
      starts.flatMap((from): Match[] => {
        const best = closest(term, body, from, maxEdits)
        const [first, last] = [body[from], body[(best?.to ?? 0) - 1]]
        if (best === undefined || first === undefined || last === undefined) return []
        return [{ start: first.start, end: last.end, score: options.score * (1 - best.edits / term.length) }]
      }),
    )
    return withoutOverlaps(found, (a, b) => b.score - a.score || a.start - b.start)
  }
}

/** The stretch from `from` to some word edge that is least far from the term; of equals the one of like length. */
function closest(term: readonly string[], text: AlignedText, from: number, maxEdits: number) {
  let row = Array.from({ length: term.length + 1 }, (_, index) => index)
  let best: { readonly to: number; readonly edits: number } | undefined
  const last = Math.min(text.length, from + term.length + maxEdits)
  for (let at = from; at < last && Math.min(...row) <= maxEdits; at++) {
    row = nextRow(row, term, text[at]?.char ?? '')
    const edits = row.at(-1) ?? Number.POSITIVE_INFINITY
    const to = at + 1
    if (edits > maxEdits || text[at]?.char === ' ' || !isWordEdge(text, to)) continue
    const nearer = Math.abs(to - from - term.length) < Math.abs((best?.to ?? 0) - from - term.length)
    if (best === undefined || edits < best.edits || (edits === best.edits && nearer)) best = { to, edits }
  }
  return best
}

/** One more character of the text: the edits between it and each beginning of the term. */
function nextRow(row: readonly number[], term: readonly string[], char: string): number[] {
  const next = [(row[0] ?? 0) + 1]
  term.forEach((wanted, index) => {
    const kept = (row[index] ?? 0) + (wanted === char ? 0 : 1)
    next.push(Math.min(kept, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1))
  })
  return next
}
