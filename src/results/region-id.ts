/** Region ids made from what the region says: a second run of the same model gives the same ids. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const BITS_OF_DIGIT = 6
/** Ten digits. */
const BITS = 60

/** Makes ids that are distinct within one prediction. */
export interface IdMaker {
  /** `own`, or 10 url-safe characters from the content; the n-th region with the same content gets an id of its own. */
  idFor(own: string | undefined, content: unknown): string
}

export function createIdMaker(): IdMaker {
  /** Ids that are taken; for one that content gave, how many tries its copies have used up. */
  const taken = new Map<string, number>()
  return {
    idFor(own, content) {
      if (own !== undefined) {
        if (!taken.has(own)) taken.set(own, 0)
        return own
      }
      const text = JSON.stringify(content)
      const first = hash(text)
      for (let copy = taken.get(first) ?? 0; ; copy++) {
        const id = copy === 0 ? first : hash(`${copy}${text}`)
        if (taken.has(id)) continue
        taken.set(id, 0)
        taken.set(first, copy + 1)
        return id
      }
    },
  }
}

/** What begins at a bit of the 64 that `high` and `low` make; the six lowest are right. */
function bitsFrom(at: number, high: number, low: number): number {
  if (at >= 32) return high >>> (at - 32)
  return at + BITS_OF_DIGIT <= 32 ? low >>> at : (low >>> at) | (high << (32 - at))
}

/** 60 of the 64 bits of a non-cryptographic hash (two rounds of 32 bits, after cyrb53 by bryc, public domain). */
function hash(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  let id = ''
  for (let at = 0; at < BITS; at += BITS_OF_DIGIT) id += ALPHABET.charAt(bitsFrom(at, high, low) & 63)
  return id
}
