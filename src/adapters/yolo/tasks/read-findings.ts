import { inTurns } from '../../../inference/pictures/in-turns.js'
import type { Finding } from '../../../results/findings.js'
import type { YoloTask } from '../options.js'
import { readClassification } from './classify.js'
import { readDetections } from './detect.js'
import { readOrientedBoxes } from './obb.js'
import { readPoses } from './pose.js'
import type { ReadContext } from './read-context.js'
import { readMasks } from './segment.js'

const READERS: Readonly<Record<YoloTask, (context: ReadContext) => Finding[] | Promise<Finding[]>>> = {
  detect: readDetections,
  // Masks are as large as the picture: other things have their turns while they are drawn.
  segment: (context) => inTurns(readMasks(context)),
  pose: readPoses,
  obb: readOrientedBoxes,
  classify: readClassification,
}

/** What the model found in one picture, best first. */
export function readFindings(context: ReadContext): Finding[] | Promise<Finding[]> {
  return READERS[context.layout.task](context)
}
