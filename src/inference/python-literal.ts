import { PrelabelError } from '../errors.js'

/** A value of Python's literal syntax; tuples come as arrays, dictionaries as maps, `None` as null. */
export type PythonLiteral = string | number | boolean | null | PythonLiteral[] | Map<string | number, PythonLiteral>

const TOKEN =
  /\s*(?:(?<punctuation>[{}[\](),:])|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<word>[^\s{}[\](),:'"]+))/suy
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }
const WORDS: Readonly<Record<string, PythonLiteral>> = {
  True: true,
  False: false,
  None: null,
  true: true,
  false: false,
  null: null,
}
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\n': '' }

/**
 * Reads what Python's `repr` writes of dictionaries, lists, tuples, strings, numbers, booleans and None; JSON is read
 * too. Exporters keep class names and shapes in this form: `{0: 'person', 1: 'bicycle'}`, `[640, 640]`.
 *
 * @throws PrelabelError `invalid-python-literal`
 */
export function parsePythonLiteral(source: string): PythonLiteral {
  const reader = new Reader(source)
  const value = reader.value()
  reader.end()
  return value
}

class Reader {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(readonly source: string) {
    this.#tokens = this.#tokenise()
  }

  value(): PythonLiteral {
    const token = this.#next()
    if (token === '{') return new Map(this.#items(token, () => this.#entry()))
    if (token === '[' || token === '(') return this.#items(token, () => this.value())
    if (token.startsWith("'") || token.startsWith('"')) return unquote(token)
    const word = WORDS[token]
    if (word !== undefined) return word
    const number = Number(token)
    if (Number.isNaN(number)) throw this.#invalid(`${token} is not a literal`)
    return number
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw this.#invalid('something follows the value')
  }

  #items<T>(open: string, item: () => T): T[] {
    const close = CLOSING[open]
    const items: T[] = []
    while (this.#peek() !== close) {
      items.push(item())
      if (this.#peek() !== close) this.#expect(',')
    }
    this.#next()
    return items
  }

  #entry(): [string | number, PythonLiteral] {
    const key = this.value()
    if (typeof key !== 'string' && typeof key !== 'number') throw this.#invalid('a key is neither string nor number')
    this.#expect(':')
    return [key, this.value()]
  }

  #tokenise(): string[] {
    const tokens: string[] = []
    const trimmed = this.source.trimEnd()
    TOKEN.lastIndex = 0
    for (let at = 0; at < trimmed.length; ) {
      TOKEN.lastIndex = at
      const match = TOKEN.exec(trimmed)
      if (match === null) throw this.#invalid(`unexpected text at ${at}`)
      tokens.push(match[0].trimStart())
      at = TOKEN.lastIndex
    }
    return tokens
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]
  }

  #next(): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw this.#invalid('it ends too early')
    return token
  }

  #expect(token: string): void {
    if (this.#next() !== token) throw this.#invalid(`expected ${token}`)
  }

  #invalid(reason: string): PrelabelError {
    const shown = this.source.length > 60 ? `${this.source.slice(0, 60)}…` : this.source
    return new PrelabelError(`Cannot read ${JSON.stringify(shown)}: ${reason}`, { code: 'invalid-python-literal' })
  }
}

function unquote(token: string): string {
  return token
    .slice(1, -1)
    .replace(
      /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gsu,
      (_, x, u, wide, character: string) => {
        const code: string | undefined = x ?? u ?? wide
        return code === undefined ? (ESCAPES[character] ?? character) : String.fromCodePoint(Number.parseInt(code, 16))
      },
    )
}
