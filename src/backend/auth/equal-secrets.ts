/** Compares every byte whatever the outcome, so that the time taken tells nothing of where two secrets differ. */
export function equalSecrets(given: Uint8Array, expected: Uint8Array): boolean {
  let difference = given.length ^ expected.length
  for (const [index, byte] of expected.entries()) difference |= byte ^ (given[index] ?? 0)
  return difference === 0
}

const encoder = new TextEncoder()

export function utf8Bytes(text: string): Uint8Array {
  return encoder.encode(text)
}

/** The text in latin-1; undefined when it holds characters that latin-1 has not. */
export function latin1Bytes(text: string): Uint8Array | undefined {
  const codes = Array.from(text, (character) => character.charCodeAt(0))
  return codes.length === text.length && codes.every((code) => code <= 0xff) ? Uint8Array.from(codes) : undefined
}
