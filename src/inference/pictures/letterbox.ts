import { roundHalfEven } from './round-half-even.js'

/** Width and height, in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A rectangle of whole pixels. */
export interface Area extends Size {
  readonly left: number
  readonly top: number
}

/** Where a resized picture lies in a model's input, and the way back. */
export interface Placement {
  /** Size of the model's input. */
  readonly width: number
  readonly height: number
  /** The resized picture inside it. */
  readonly inner: Area
  /** A point (x, y) of the input is ((x - offsetX) / gainX, (y - offsetY) / gainY) in the picture. */
  readonly back: { readonly offsetX: number; readonly offsetY: number; readonly gainX: number; readonly gainY: number }
}

/** How a picture is put into a model's input. */
export type ResizeMode =
  /** Keeps the aspect ratio; the picture in the middle, the rest padded. */
  | 'letterbox'
  /** Keeps the aspect ratio; the picture at the top left with its size rounded down, the rest padded: YOLOX. */
  | 'letterbox-corner'
  /** Width and height each to the input's. */
  | 'stretch'

/**
 * Where a picture of size `picture` goes in an input of size `input`.
 *
 * `letterbox` rounds as Ultralytics does: halves go to even numbers, an odd rest of padding goes to the right and bottom,
 * and the way back has a gain for each axis.
 */
export function place(picture: Size, input: Size, mode: ResizeMode): Placement {
  if (mode === 'stretch') return placement(picture, input, { left: 0, top: 0, ...input })
  const ratio = letterboxRatio(picture, input)
  if (mode === 'letterbox-corner') {
    const inner = {
      left: 0,
      top: 0,
      width: Math.max(1, Math.floor(picture.width * ratio)),
      height: Math.max(1, Math.floor(picture.height * ratio)),
    }
    return withOneGain(placement(picture, input, inner), picture, { offsetX: 0, offsetY: 0 })
  }
  const inner = scaled(picture, ratio)
  const left = roundHalfEven((input.width - inner.width) / 2 - 0.1)
  const top = roundHalfEven((input.height - inner.height) / 2 - 0.1)
  return placement(picture, input, { left, top, ...inner })
}

/** The same placement with the way back of YOLOv5: one gain for both axes, and the padding not rounded. */
export function placeClassic(picture: Size, input: Size): Placement {
  const ratio = letterboxRatio(picture, input)
  return withOneGain(place(picture, input, 'letterbox'), picture, {
    offsetX: (input.width - picture.width * ratio) / 2,
    offsetY: (input.height - picture.height * ratio) / 2,
  })
}

/** The smallest input, with sides that are multiples of `stride`, that holds the picture scaled to fit `limit`. */
export function smallestInput(picture: Size, limit: Size, stride: number): Size {
  const inner = scaled(picture, letterboxRatio(picture, limit))
  return {
    width: limit.width - Math.floor((limit.width - inner.width) / stride) * stride,
    height: limit.height - Math.floor((limit.height - inner.height) / stride) * stride,
  }
}

function letterboxRatio(picture: Size, input: Size): number {
  return Math.min(input.height / picture.height, input.width / picture.width)
}

function scaled(picture: Size, ratio: number): Size {
  return {
    width: Math.max(1, roundHalfEven(picture.width * ratio)),
    height: Math.max(1, roundHalfEven(picture.height * ratio)),
  }
}

function placement(picture: Size, input: Size, inner: Placement['inner']): Placement {
  const { width, height } = input
  const gains = { gainX: inner.width / picture.width, gainY: inner.height / picture.height }
  return { width, height, inner, back: { offsetX: inner.left, offsetY: inner.top, ...gains } }
}

function withOneGain(
  placed: Placement,
  picture: Size,
  offsets: Pick<Placement['back'], 'offsetX' | 'offsetY'>,
): Placement {
  const gain = letterboxRatio(picture, placed)
  return { ...placed, back: { ...offsets, gainX: gain, gainY: gain } }
}
