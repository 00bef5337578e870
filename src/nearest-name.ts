/** Longest name for which a neighbour is looked for, and how many neighbours are compared. */
const MAX_NAME = 40
const MAX_CANDIDATES = 300

/** The candidate that was most likely meant: equal but for case, else the one with the fewest edits, at most a third of the name. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_NAME) return undefined
  const folded = name.trim().toLowerCase()
  const most = Math.max(1, Math.floor(name.length / 3))
  let best: { candidate: string; edits: number } | undefined
  let compared = 0
  for (const candidate of candidates) {
    if (candidate === name) continue
    if (++compared > MAX_CANDIDATES) break
    if (candidate.toLowerCase() === folded) return candidate
    if (Math.abs(candidate.length - folded.length) > most) continue
    const edits = editDistance(folded, candidate.toLowerCase())
    if (edits <= most && edits < (best?.edits ?? Infinity)) best = { candidate, edits }
  }
  return best?.candidate
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(swap, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
