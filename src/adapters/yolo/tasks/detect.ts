import type { Detection } from '../../../results/findings.js'
import { boxInPicture } from '../../detection/to-picture.js'
import { type ReadContext, selectCandidates } from './read-context.js'

/** Boxes. */
export function readDetections(context: ReadContext): Detection[] {
  const { placement, picture } = context.output
  return selectCandidates(context).flatMap(({ candidate, label, score }) => {
    const box = boxInPicture(candidate, placement, picture)
    return box === undefined ? [] : [{ kind: 'detection', label, score, box }]
  })
}
