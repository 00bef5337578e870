/** Marks around what a task holds, which nothing in the task can close. */

/** Puts text between marks; `name` says what it is. */
export type Fence = (name: string, text: string) => string

/** Hex digits of a mark. */
const MARK_LENGTH = 12

/**
 * A fence for these texts. The mark comes from a hash of all of them, so the same task gives the same prompt, and a
 * text cannot hold the mark of its own fence; should one do so by chance, another mark is taken.
 */
export async function createFence(texts: readonly string[]): Promise<Fence> {
  const mark = await unusedMark(texts.join('\0'), 0)
  return (name, text) => `<data-${mark} name=${JSON.stringify(name)}>\n${text}\n</data-${mark}>`
}

async function unusedMark(text: string, attempt: number): Promise<string> {
  const mark = (await sha256(`${attempt}\0${text}`)).slice(0, MARK_LENGTH)
  return text.includes(mark) ? unusedMark(text, attempt + 1) : mark
}

/** SHA-256 of a text, hex. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
