/** What is said of a region, on the per-region controls beside the control that drew it. */

import type { ControlTag } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import type { BuiltResult } from '../builder.js'
import type { Finding } from '../findings.js'
import { isAskedOfRegion, type LabelledRegion } from './asked-of-region.js'
import { canAnswer } from './can-show.js'
import { regionText } from './companions.js'
import { mergeAnswers } from './merge-answers.js'
import { type Region, regionLabel } from './region-label.js'
import type { RenderContext } from './render-options.js'
import { drawsBoxes } from './render-outline.js'
import { sayAnswer } from './say-answer.js'

/** An answer that could not be said, and its place among those of the finding: `answers[1]`. */
export interface Unsaid {
  readonly path: string
  readonly error: PrelabelError
  readonly control?: ControlTag
}

/**
 * Says the answers of a finding of its regions on a control, under their ids. A control that the editor does not show for
 * such a region is left without an answer. Of a skeleton, the box is answered about.
 *
 * @param regions what was drawn of the finding on `control`
 */
export function answerRegions(
  finding: Region,
  control: ControlTag,
  regions: readonly BuiltResult[],
  context: RenderContext,
): Unsaid[] {
  if (regions.length === 0 || (finding.kind === 'pose' && !drawsBoxes(control.tag))) return []
  const { source, label } = regionLabel(finding, control, context) ?? {}
  const labelled = { label: label ?? '', source: source?.name ?? '' }
  for (const region of regions) writeText(finding, region, labelled, context)
  return mergeAnswers(finding.answers ?? []).flatMap(({ finding: answer, index }) => {
    const path = `answers[${index}]`
    const asked = context.controls.find(({ name }) => name === answer.control)
    if (asked === undefined || !takes(asked, answer, context)) return [{ path, error: notTaken(answer, asked) }]
    if (!isAskedOfRegion(asked, labelled)) return []
    try {
      for (const region of regions) say(answer, asked, region, context)
      return []
    } catch (error) {
      if (!PrelabelError.isInstance(error)) throw error
      return [{ path, error, control: asked }]
    }
  })
}

/** What is written or said in it, which names no control. */
function writeText(finding: Region, region: BuiltResult, labelled: LabelledRegion, context: RenderContext): void {
  if (!('text' in finding) || finding.text === undefined) return
  const { config, object } = context
  const control = regionText(config, object, (one) => isAskedOfRegion(one, labelled))
  if (control === undefined) return
  const score = finding.score === undefined ? {} : { score: finding.score }
  say({ kind: 'text', text: finding.text, ...score }, control, region, context)
}

function say(answer: Finding, control: ControlTag, region: BuiltResult, context: RenderContext): void {
  if ('label' in answer) return
  const { object, surface, draft, polygons = {} } = context
  const score = 'score' in answer && answer.score !== undefined ? { score: answer.score } : {}
  const builder = draft.attach(region, control.name)
  sayAnswer(answer, { control, object, surface, polygons, builder, label: {}, options: score }, region.id, context)
}

function takes(control: ControlTag, { kind }: Finding, { object }: RenderContext): boolean {
  return control.perRegion && control.toName.includes(object.name) && canAnswer(kind, control)
}

function notTaken({ kind, control: name }: Finding, control: ControlTag | undefined): PrelabelError {
  const why = control === undefined ? `no control named ${JSON.stringify(name)} is given` : `${control.path} takes none`
  return new PrelabelError(`a ${kind} about a region cannot be shown: ${why}`, {
    code: 'answer-not-shown',
    hint: 'Name a control with `perRegion="true"` on the same object that holds answers of this kind.',
  })
}
