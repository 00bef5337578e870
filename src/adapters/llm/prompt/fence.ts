/** Marks around what a task holds, which nothing in the task can close. */

/** Puts text between marks; `name` says what it is. */
export type Fence = (name: string, text: string) => string

/**
 * A fence for these texts: its mark stands in none of them. The mark is made of the texts, so that the same task gives
 * the same prompt.
 */
export function createFence(texts: readonly string[]): Fence {
  const mark = unusedMark(texts)
  return (name, text) => `<data-${mark} name=${JSON.stringify(name)}>\n${text}\n</data-${mark}>`
}

function unusedMark(texts: readonly string[]): string {
  for (let attempt = 0; ; attempt++) {
    const mark = hash48(texts, attempt)
    if (!texts.some((text) => text.includes(mark))) return mark
  }
}

/** 12 hex digits out of two FNV-1a hashes: that a mark is in no text is seen to above, so it need not be a strong hash. */
function hash48(texts: readonly string[], seed: number): string {
  let low = 0x811c9dc5 ^ seed
  let high = 0x01000193 ^ seed
  for (const text of texts) {
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      low = Math.imul(low ^ unit, 0x01000193)
      high = Math.imul(high ^ unit, 0x85ebca6b)
    }
  }
  return hex(low, 8) + hex(high, 4)
}

function hex(value: number, digits: number): string {
  return (value >>> 0).toString(16).padStart(8, '0').slice(0, digits)
}
