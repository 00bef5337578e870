/** Says answers on controls that take them, about a whole object or about a region. */

import type { ControlTag } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import type { BuiltResult } from '../builder.js'
import type { Finding } from '../findings.js'
import { isBelow, type Region } from './region-label.js'
import { renderAnswer, renderClasses } from './render-answer.js'
import type { RenderContext } from './render-options.js'
import { shownClasses } from './shown-classes.js'
import type { Target } from './target.js'

/** What is said of a thing, and draws nothing. */
export type Answer = Exclude<Finding, Region>

/**
 * Nothing comes of an answer that scores too little or has no label on the control.
 *
 * @param about what it is about, in words of its own: a control has one answer for each
 * @throws PrelabelError `answered-twice`
 */
export function sayAnswer(
  finding: Answer,
  target: Target,
  about: string,
  context: RenderContext,
): readonly BuiltResult[] {
  const { control } = target
  if (finding.kind === 'classification') {
    const classes = shownClasses(finding.classes, control, context)
    if (classes.length === 0) return []
    answerOnce(control, about, context)
    return [renderClasses(classes, target)]
  }
  if (isBelow(finding.score, control, context)) return []
  answerOnce(control, about, context)
  return [renderAnswer(finding, target)]
}

/**
 * Takes note that a control has its answer.
 *
 * @throws PrelabelError `answered-twice` for a second one, in place of which the editor would forget the first
 */
function answerOnce({ name, path }: ControlTag, about: string, { answered }: RenderContext): void {
  const key = `${about} ${name}`
  if (answered.has(key)) {
    throw new PrelabelError(`${path} has its answer already, and shows one alone`, { code: 'answered-twice' })
  }
  answered.add(key)
}
