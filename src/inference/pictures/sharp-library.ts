/**
 * What is used of the function that `sharp` exports. Written out here, so that the declarations of this library can be
 * read where that package is not installed.
 */
export type SharpLibrary = (
  picture: Uint8Array,
  options: { readonly failOn: 'error'; readonly ignoreIcc: boolean; readonly limitInputPixels: number | false },
) => SharpPicture

/** A picture that is going to be decoded. */
export interface SharpPicture {
  metadata(): Promise<PictureHeader>
  autoOrient(): SharpPicture
  pipelineColourspace(space: 'cmyk'): SharpPicture
  toColourspace(space: 'srgb' | 'cmyk'): SharpPicture
  removeAlpha(): SharpPicture
  raw(options: { depth: 'uchar' }): SharpPicture
  toBuffer(options: { resolveWithObject: true }): Promise<DecodedPicture>
}

/** What a picture's header says. */
export interface PictureHeader {
  readonly format: string
  readonly width: number
  readonly height: number
  /** Frames of an animation. */
  readonly pages?: number | undefined
}

/** The bytes of a decoded picture. */
export interface DecodedPicture {
  readonly data: Uint8Array
  readonly info: { readonly width: number; readonly height: number }
}
