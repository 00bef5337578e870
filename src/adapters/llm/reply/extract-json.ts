/** A JSON object inside a model's text, and where it begins. */
export interface FoundJson {
  readonly value: Readonly<Record<string, unknown>>
  readonly offset: number
  readonly text: string
}

/**
 * The first JSON object of a text: all of it, or what stands in a code fence or after some words. Servers without
 * strict schemas let models talk around their answer, and some send their thoughts along: those do not count.
 */
export function extractJson(text: string): FoundJson | undefined {
  const thought = /^\s*<think>[\s\S]*?<\/think>/.exec(text)?.[0] ?? ''
  for (let from = text.indexOf('{', thought.length); from !== -1; from = text.indexOf('{', from + 1)) {
    const end = endOfObject(text, from)
    const value = end === undefined ? undefined : parseObject(text.slice(from, end))
    if (end !== undefined && value !== undefined) return { value, offset: from, text: text.slice(from, end) }
  }
  return undefined
}

/** Just past the brace that closes the one at `from`; braces inside strings do not count. */
function endOfObject(text: string, from: number): number | undefined {
  let depth = 0
  let inString = false
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at + 1
  }
  return undefined
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
