/**
 * SentencePiece's precompiled normalizer: a double-array trie (darts) from UTF-8 stretches to what they become. Format: a
 * 32-bit length, the trie's 32-bit units, then the replacements, each ended by a zero byte; all little-endian.
 */

import { PrelabelError } from '../../../errors.js'

/** What a stretch of text becomes; undefined when it stays as it is. */
export type Charsmap = (text: string) => string | undefined

/**
 * @param base64 `precompiled_charsmap` of a `tokenizer.json`
 * @throws PrelabelError `tokenizer-not-supported` for what is no such table
 */
export function readCharsmap(base64: string): Charsmap {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'))
  const length = bytes.length < 4 ? Number.NaN : new DataView(bytes.buffer).getUint32(0, true)
  if (!(length % 4 === 0 && length >= 4 && 4 + length <= bytes.length)) throw notReadable()
  const units = new Uint32Array(bytes.buffer.slice(4, 4 + length))
  const texts = bytes.subarray(4 + length)
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()

  return (text) => {
    const at = firstValue(units, encoder.encode(text))
    if (at === undefined) return undefined
    const end = texts.indexOf(0, at)
    return decoder.decode(texts.subarray(at, end === -1 ? texts.length : end))
  }
}

/** The value of the shortest prefix of `key` that the trie has: huggingface/tokenizers takes that one, not the longest. */
function firstValue(units: Uint32Array, key: Uint8Array): number | undefined {
  let place = offsetOf(units[0] ?? 0)
  for (const byte of key) {
    if (byte === 0) return undefined
    place ^= byte
    const unit = units[place]
    if (unit === undefined || labelOf(unit) !== byte) return undefined
    place ^= offsetOf(unit)
    if (hasLeaf(unit)) return (units[place] ?? 0) & 0x7fffffff
  }
  return undefined
}

function hasLeaf(unit: number): boolean {
  return ((unit >>> 8) & 1) === 1
}

/** The byte that leads to a unit; for a leaf, none. */
function labelOf(unit: number): number {
  return (unit & 0x800000ff) >>> 0
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6)
}

function notReadable(): PrelabelError {
  return new PrelabelError("The tokenizer's table of characters cannot be read", {
    code: 'tokenizer-not-supported',
    hint: 'Take tokenizer.json anew from where the model came from.',
  })
}
