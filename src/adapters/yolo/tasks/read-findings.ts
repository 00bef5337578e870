import type { Finding } from '../../../results/findings.js'
import { readDetections } from './detect.js'
import type { ReadContext } from './read-context.js'

/** What the model found in one picture, best first. */
export function readFindings(context: ReadContext): Finding[] {
  return readDetections(context)
}
