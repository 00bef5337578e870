/** What an adapter is given of a task: one object tag's field, loaded once, in the form the tag gives it. */

/** A picture: its bytes as fetched, and what the header says. Nothing is decoded before an adapter asks. */
export interface ImageInput {
  readonly kind: 'image'
  readonly bytes: Uint8Array
  /** Natural size as a browser shows it: after the EXIF turn. */
  readonly width: number
  readonly height: number
  /** EXIF orientation 1..8; 1 when there is none. */
  readonly orientation: number
  /** `jpeg`, `png`, `webp`, … */
  readonly format: string
  /** Of an animated GIF, PNG or WebP: how many pictures it shows one after the other. Absent for a still one. */
  readonly frames?: number
  /** SHA-256 of the bytes, hex: the key of caches. */
  readonly hash: string
}

/** Plain text: the field of a `<Text>`, or the rendered text of a `<HyperText>`. Offsets of findings count in this string. */
export interface TextInput {
  readonly kind: 'text'
  readonly text: string
  /** The HTML that `text` was rendered from, for `<HyperText>`. */
  readonly html?: string
}

/** A dialogue. */
export interface DialogueInput {
  readonly kind: 'dialogue'
  readonly utterances: readonly { readonly author?: string; readonly text: string }[]
}

/** Sound or video: bytes as fetched, or the file they were streamed to. */
export interface FileInput {
  readonly kind: 'audio' | 'video'
  readonly path: string
  readonly hash: string
}

/** Anything else (`<TimeSeries>`, `<Table>`, `<List>`, …): the value of the field as it stands in the task. */
export interface DataInput {
  readonly kind: 'data'
  readonly value: unknown
}

export type Input = ImageInput | TextInput | DialogueInput | FileInput | DataInput
