import { PrelabelError } from '../../errors.js'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const OPEN_OBJECT = 0x7b
const CLOSE_ARRAY = 0x5d
const CLOSE_OBJECT = 0x7d

/**
 * Refuses JSON text nested deeper than `limit`, before anything that recurses gets to see it.
 *
 * @throws PrelabelError `body-too-deep` (400)
 */
export function checkDepth(text: string, limit: number): void {
  if (opensFewer(text, limit)) return
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) index = endOfString(text, index)
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      depth += 1
      if (depth > limit) throw tooDeep(limit)
    } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) depth -= 1
  }
}

/** Whether there are too few brackets for such a depth, in strings or outside: most bodies are known to be flat by this alone. */
function opensFewer(text: string, limit: number): boolean {
  let count = 0
  for (const bracket of ['{', '[']) {
    for (let index = text.indexOf(bracket); index >= 0; index = text.indexOf(bracket, index + 1)) {
      count += 1
      if (count > limit) return false
    }
  }
  return true
}

/** The index of the closing quote; past the end when there is none. */
function endOfString(text: string, start: number): number {
  let index = text.indexOf('"', start + 1)
  while (index >= 0 && isEscaped(text, index)) index = text.indexOf('"', index + 1)
  return index < 0 ? text.length : index
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1
  return backslashes % 2 === 1
}

function tooDeep(limit: number): PrelabelError {
  return new PrelabelError(`the body is nested deeper than ${limit} levels`, {
    code: 'body-too-deep',
    status: 400,
    hint: 'If your tasks are nested like that on purpose, raise `limits.bodyDepth`.',
  })
}
