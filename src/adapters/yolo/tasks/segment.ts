import type { Steps } from '../../../inference/pictures/in-turns.js'
import type { Box, Mask } from '../../../results/findings.js'
import { cell, floats } from '../../detection/grid.js'
import { boxInPicture } from '../../detection/to-picture.js'
import { columnsOf } from '../heads/read-candidates.js'
import { drawMask, type Prototypes } from './prototype-mask.js'
import { boxesGrid, outputNamed, type ReadContext, selectCandidates } from './read-context.js'

/** Masks: each row has the weights by which the picture's prototype masks are mixed. */
export function* readMasks(context: ReadContext): Steps<Mask[]> {
  const { layout, output } = context
  const grid = boxesGrid(context)
  const first = columnsOf(layout).extra
  const prototypes = prototypesOf(context)
  const masks: Mask[] = []
  for (const { candidate, label, score } of selectCandidates(context)) {
    const box: Box | undefined = boxInPicture(candidate, output.placement, output.picture)
    if (box === undefined) continue
    const weights = Float32Array.from({ length: layout.extra }, (_, i) => cell(grid, candidate.row, first + i))
    const mask = yield* drawMask(prototypes, weights, box, output.picture, output.placement)
    if (mask.data.includes(1)) masks.push({ kind: 'mask', label, score, box, mask })
  }
  return masks
}

function prototypesOf({ layout, output }: ReadContext): Prototypes {
  const name = layout.prototypes ?? ''
  const tensor = outputNamed(output, name)
  const [, count = 0, height = 0, width = 0] = tensor.dims
  const size = count * height * width
  return { data: floats(name, tensor).subarray(output.index * size, (output.index + 1) * size), count, height, width }
}
