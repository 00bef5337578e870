import type { LlmImage } from '../provider.js'

/** Bytes that go through `String.fromCharCode` at once. */
const CHUNK = 0x8000

/** The bytes of a picture in base64. */
export function toBase64({ bytes }: LlmImage): string {
  let binary = ''
  for (let from = 0; from < bytes.length; from += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK))
  }
  return btoa(binary)
}

export function toDataUri(image: LlmImage): string {
  return `data:${image.mediaType};base64,${toBase64(image)}`
}
