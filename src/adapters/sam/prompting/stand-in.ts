import type { SamPrompt } from '../model/sam-model.js'
import type { Frame } from './frame.js'
import { maskExtent } from './mask-extent.js'
import { isLowRes } from './mask-prompt.js'

/**
 * The prompt for a model that takes no mask. The mask of an answer before is left out when points or a box say what is
 * meant; otherwise, and for what was drawn by hand, the box around the mask and a point inside it stand in.
 */
export function withoutMask({ mask, ...prompt }: SamPrompt, frame: Frame): SamPrompt {
  if (mask === undefined) return prompt
  const saidOtherwise = prompt.points.length > 0 || prompt.box !== undefined
  const extent = isLowRes(mask) && saidOtherwise ? undefined : maskExtent(mask, frame)
  if (extent === undefined) return prompt
  return {
    points: prompt.points.length > 0 ? prompt.points : [{ ...extent.inside, positive: true }],
    box: prompt.box ?? extent.box,
  }
}

/** The prompt for a model that takes no box: a point in its middle says where the thing is, unless one was clicked. */
export function withoutBox({ box, ...prompt }: SamPrompt): SamPrompt {
  if (box === undefined || prompt.points.some(({ positive }) => positive)) return prompt
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2, positive: true }
  return { ...prompt, points: [middle, ...prompt.points] }
}
