/** Where each value of a JSON text stands in it. */

/** A value's characters, end exclusive; of a string, what is between its quotes. */
interface JsonRange {
  readonly start: number
  readonly end: number
}

/** Ranges by path; `JSON.stringify(path)` is the key. */
export type JsonRanges = ReadonlyMap<string, JsonRange>

type Path = readonly (string | number)[]

const SPACE = /[ \t\n\r]*/y
const STRING = /"(?:[^"\\]|\\.)*"/y
const SCALAR = /[^\s,\]}]+/y

/** @param text valid JSON: what `JSON.parse` has taken */
export function jsonRanges(text: string): JsonRanges {
  const ranges = new Map<string, JsonRange>()
  let at = 0

  const eat = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const [found = ''] = pattern.exec(text) ?? []
    at += found.length
    return found
  }
  const peek = (): string => {
    eat(SPACE)
    return text[at] ?? ''
  }

  function value(path: Path): void {
    const opening = peek()
    const start = at
    if (opening === '"') {
      eat(STRING)
      ranges.set(JSON.stringify(path), { start: start + 1, end: at - 1 })
      return
    }
    if (opening === '{') members(path)
    else if (opening === '[') elements(path)
    else eat(SCALAR)
    ranges.set(JSON.stringify(path), { start, end: at })
  }

  function members(path: Path): void {
    at++
    while (peek() === '"') {
      const key: unknown = JSON.parse(eat(STRING))
      peek()
      at++
      value([...path, String(key)])
      if (peek() === ',') at++
    }
    at++
  }

  function elements(path: Path): void {
    at++
    for (let index = 0; peek() !== ']' && at < text.length; index++) {
      value([...path, index])
      if (peek() === ',') at++
    }
    at++
  }

  value([])
  return ranges
}
