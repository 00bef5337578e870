import type { Steps } from './in-turns.js'
import { place, type Size } from './letterbox.js'
import type { PlacedPicture } from './picture-tensor.js'
import type { Pixels } from './pixels.js'
import { resizeRows } from './resize-antialiased.js'
import { roundHalfEven } from './round-half-even.js'

/**
 * A picture as Ultralytics puts it before a classifier: before one with a square input the middle of it, scaled so that it
 * just fills the input (torchvision's `Resize` and `CenterCrop`), before another all of it, stretched.
 *
 * Source: `classify_transforms` in `ultralytics/data/augment.py`.
 */
export function classifierPicture(source: Pixels, input: Size): Steps<PlacedPicture> {
  return input.width === input.height ? centreCrop(source, input) : stretched(source, input)
}

function* stretched(source: Pixels, input: Size): Steps<PlacedPicture> {
  return { pixels: yield* resizeRows(source, input), placement: place(source, input, 'stretch') }
}

function* centreCrop(source: Pixels, input: Size): Steps<PlacedPicture> {
  const short = Math.min(source.width, source.height)
  const scaled = {
    width: Math.trunc((input.width * source.width) / short),
    height: Math.trunc((input.height * source.height) / short),
  }
  const left = roundHalfEven((scaled.width - input.width) / 2)
  const top = roundHalfEven((scaled.height - input.height) / 2)
  const pixels = yield* resizeRows(source, scaled, { left, top, ...input })
  const back = {
    offsetX: -left,
    offsetY: -top,
    gainX: scaled.width / source.width,
    gainY: scaled.height / source.height,
  }
  return { pixels, placement: { ...input, inner: { left: 0, top: 0, ...input }, back } }
}
