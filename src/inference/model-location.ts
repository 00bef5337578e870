import { z } from 'zod'

const NOT_DOWNLOADED = 'is not downloaded: give the path of a file, or a `file:` URL'

/** A model: a path, a `file:` URL or the text of one (what `import.meta.resolve` gives), or its bytes. */
export const modelLocation = [
  z
    .string()
    .min(1)
    .refine((text) => isFileUrl(text) || !/^[a-z][a-z\d+.-]+:\/\//i.test(text), NOT_DOWNLOADED),
  z.instanceof(URL).refine(({ protocol }) => protocol === 'file:', NOT_DOWNLOADED),
  z.instanceof(Uint8Array),
] as const

/** A location with the text of a URL made a URL. */
export function withUrl<T>(location: T | string): T | string | URL {
  return typeof location === 'string' && isFileUrl(location) ? new URL(location) : location
}

function isFileUrl(text: string): boolean {
  return /^file:/i.test(text)
}
