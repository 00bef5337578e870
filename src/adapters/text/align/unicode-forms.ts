import { type AlignedChar, type AlignedText, rewrite, textOf } from './aligned-text.js'

/** Unicode normalization forms. */
export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD'

/** Characters that compose with the one before them: marks, Hangul vowels and finals, half-width voicing signs. */
const JOINS_BEFORE = /^[\p{M}\u1160-\u11FF\uD7B0-\uD7FF\uFF9E\uFF9F]$/u

/**
 * A text in a Unicode form. A character that is decomposed leaves its place to all of its parts; characters that are
 * composed leave the place of all of them to each result; marks that change their order keep their places.
 */
export function toUnicodeForm(text: AlignedText, form: UnicodeForm): AlignedText {
  return clusters(text).flatMap((cluster) => clusterInForm(cluster, form))
}

function clusterInForm(cluster: AlignedText, form: UnicodeForm): AlignedText {
  const whole = Array.from(textOf(cluster).normalize(form))
  const parts = cluster.flatMap((char) => rewrite([char], char.char.normalize(form)))
  return inOrder(parts, whole) ?? rewrite(cluster, whole.join(''))
}

/** The same characters in another order; undefined when they are not the same. */
function inOrder(parts: AlignedText, order: readonly string[]): AlignedText | undefined {
  if (parts.length !== order.length) return undefined
  const left = [...parts]
  const ordered = order.flatMap((char) => left.splice(findChar(left, char), 1))
  return ordered.every(({ char }, index) => char === order[index]) ? ordered : undefined
}

function findChar(text: AlignedText, char: string): number {
  return Math.max(
    0,
    text.findIndex((candidate) => candidate.char === char),
  )
}

function clusters(text: AlignedText): AlignedText[] {
  const found: AlignedChar[][] = []
  for (const char of text) {
    const last = found.at(-1)
    if (last !== undefined && JOINS_BEFORE.test(char.char)) last.push(char)
    else found.push([char])
  }
  return found
}
