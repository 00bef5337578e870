import type { Steps } from './in-turns.js'
import type { Placement, Size } from './letterbox.js'
import type { PlacedPicture } from './picture-tensor.js'
import type { Pixels } from './pixels.js'
import { resizeRows } from './resize-antialiased.js'
import { roundHalfEven } from './round-half-even.js'

/** The middle of a picture, scaled so that it just fills the input: torchvision's `Resize` and `CenterCrop`. */
export function* centreCrop(source: Pixels, input: Size): Steps<PlacedPicture> {
  const size = Math.max(input.width, input.height)
  const short = Math.min(source.width, source.height)
  const scaled = {
    width: Math.trunc((size * source.width) / short),
    height: Math.trunc((size * source.height) / short),
  }
  const left = roundHalfEven((scaled.width - input.width) / 2)
  const top = roundHalfEven((scaled.height - input.height) / 2)
  const pixels = yield* resizeRows(source, scaled, { left, top, ...input })
  const placement: Placement = {
    ...input,
    inner: { left: 0, top: 0, ...input },
    back: {
      offsetX: -left,
      offsetY: -top,
      gainX: scaled.width / source.width,
      gainY: scaled.height / source.height,
    },
  }
  return { pixels, placement }
}
