import { type AlignedChar, type AlignedText, rewrite, textOf } from './aligned-text.js'

/** Unicode normalization forms. */
export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD'

/** Characters that compose with the one before them: marks, Hangul vowels and finals, half-width voicing signs. */
const JOINS_BEFORE = /^[\p{M}\u1160-\u11FF\uD7B0-\uD7FF\uFF9E\uFF9F]$/u

/**
 * A text in a Unicode form. A character that is decomposed leaves its place to all of its parts; characters that are
 * composed, or reordered, leave the place of all of them to each result.
 */
export function toUnicodeForm(text: AlignedText, form: UnicodeForm): AlignedText {
  return clusters(text).flatMap((cluster) => clusterInForm(cluster, form))
}

function clusterInForm(cluster: AlignedText, form: UnicodeForm): AlignedText {
  const whole = textOf(cluster).normalize(form)
  const oneByOne = cluster.flatMap((char) => rewrite([char], char.char.normalize(form)))
  return textOf(oneByOne) === whole ? oneByOne : rewrite(cluster, whole)
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
