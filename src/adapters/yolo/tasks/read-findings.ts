import type { Finding } from '../../../results/findings.js'
import type { YoloTask } from '../options.js'
import { readClassification } from './classify.js'
import { readDetections } from './detect.js'
import { readOrientedBoxes } from './obb.js'
import { readPoses } from './pose.js'
import type { ReadContext } from './read-context.js'
import { readMasks } from './segment.js'

const READERS: Readonly<Record<YoloTask, (context: ReadContext) => Finding[]>> = {
  detect: readDetections,
  segment: readMasks,
  pose: readPoses,
  obb: readOrientedBoxes,
  classify: readClassification,
}

/** What the model found in one picture, best first. */
export function readFindings(context: ReadContext): Finding[] {
  return READERS[context.layout.task](context)
}
