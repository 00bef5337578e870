import type { Size } from '../../../inference/pictures/letterbox.js'

/** How a picture lies in a model's input. */
export interface Frame {
  /** The shown picture. */
  readonly picture: Size
  /** The model's input. */
  readonly input: Size
  /** The resized picture, at the top left of the input. */
  readonly inner: Size
  /** `longest-side` keeps the shape, the rest is padding; `stretch` fills the input. */
  readonly resize: 'longest-side' | 'stretch'
}

/** The frame of a picture; sizes are rounded as `ResizeLongestSide` of segment-anything and `SamImageProcessor` round them. */
export function frameOf({ width, height }: Size, input: Size, resize: Frame['resize']): Frame {
  const picture = { width, height }
  if (resize === 'stretch') return { picture, input, inner: input, resize }
  const scale = Math.max(input.width, input.height) / Math.max(width, height)
  const side = (length: number) => Math.max(1, Math.trunc(length * scale + 0.5))
  return { picture, input, inner: { width: side(width), height: side(height) }, resize }
}

/** A point of the picture, in the model's input. */
export function toFrame({ picture, inner }: Frame, x: number, y: number): [x: number, y: number] {
  return [x * (inner.width / picture.width), y * (inner.height / picture.height)]
}
