/** What a region is drawn on: just enough of a loaded object to place results on it. Inputs of `media` fit it as they are. */

/** Pixel size of the picture as the editor shows it (EXIF turn applied). */
export interface ImageSurface {
  readonly width: number
  readonly height: number
}

export interface TextSurface {
  readonly text: string
  /** The HTML that `text` was rendered from, for `<HyperText>`. */
  readonly html?: string
}

export interface DialogueSurface {
  readonly utterances: readonly { readonly text: string }[]
}

export type Surface = ImageSurface | TextSurface | DialogueSurface | object
