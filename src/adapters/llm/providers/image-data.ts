import type { LlmImage } from '../provider.js'

/** The bytes of a picture in base64. */
export function toBase64({ bytes }: LlmImage): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

export function toDataUri(image: LlmImage): string {
  return `data:${image.mediaType};base64,${toBase64(image)}`
}

/** Characters that a picture takes in base64. */
export function base64Length({ bytes }: LlmImage): number {
  return 4 * Math.ceil(bytes.byteLength / 3)
}
