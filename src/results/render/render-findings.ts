/** From what a model found to results on the controls that a project has. */

import type { ControlTag } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import type { Issue } from '../../issues.js'
import type { BuiltResult } from '../builder.js'
import { createDraft } from '../draft.js'
import type { Finding } from '../findings.js'
import { answerRegions } from './answer-region.js'
import { canShow } from './can-show.js'
import { createLabelMaps } from './label-maps.js'
import { mergeAnswers } from './merge-answers.js'
import { renderOn } from './render-on.js'
import type { RenderContext, RenderOptions } from './render-options.js'
import { drawsBoxes } from './render-outline.js'

export interface Rendered {
  /** What was added to the draft. */
  readonly results: readonly BuiltResult[]
  /** Findings that could not be shown, and why; paths like `findings[3]`. */
  readonly issues: readonly Issue[]
}

/**
 * Puts findings on controls: each on every control that can show its kind, or on the one it names. Classes go through
 * the label map of each control, and a class without a label there is left out.
 *
 * - things in pictures: as rectangle, ellipse, polygon, vector, brush or bitmask, by the control; plain geometry tags get
 *   their label from the `<Labels>` on the same object, with the same region id
 * - skeletons: as key points by `model_index` or class, under the box of a rectangle control when there is one
 * - what goes over the edge of the picture is cut off
 * - several classifications of one object, or several texts, become one answer
 * - the `answers` of a thing go to the per-region controls that they name, under the id of its region
 *
 * Never throws for a finding: one that no control can show, or that does not lie on its object, becomes an issue.
 */
export function renderFindings(options: RenderOptions): Rendered {
  const { config, object, surface, itemIndex, findings } = options
  const draft = options.draft ?? createDraft(config)
  draft.surface(object.name, surface, itemIndex)
  const before = draft.results.length
  const { labelMaps, ...given } = options
  const context: RenderContext = { draft, labelMaps: createLabelMaps(labelMaps), answered: new Set(), ...given }
  const issues = mergeAnswers(findings).flatMap(({ finding, index }) =>
    renderFinding(finding, `findings[${index}]`, context),
  )
  return { results: draft.results.slice(before), issues }
}

/** @param path of the finding, for what is wrong with it */
function renderFinding(finding: Finding, path: string, context: RenderContext): Issue[] {
  const named = [finding.control, finding.kind === 'pose' ? finding.boxControl : undefined]
  const asked = context.controls.filter(({ name }) => finding.control === undefined || named.includes(name))
  const able = asked.filter((control) => canShow(finding.kind, control, context.object))
  if (able.length === 0) return [{ path, ...notShown(finding, asked) }]
  const issues: Issue[] = []
  let box: BuiltResult | undefined
  // Boxes first: the points of a skeleton stand under theirs.
  for (const control of able.toSorted((a, b) => Number(drawsBoxes(b.tag)) - Number(drawsBoxes(a.tag)))) {
    try {
      const results = renderOn(finding, control, context, box)
      if (drawsBoxes(control.tag)) box ??= results[0]
      if (!('label' in finding)) continue
      const unsaid = answerRegions(finding, control, results, context)
      issues.push(...unsaid.map((one) => issueOf(one.error, one.control, `${path}.${one.path}`)))
    } catch (error) {
      if (!PrelabelError.isInstance(error)) throw error
      issues.push(issueOf(error, control, path))
    }
  }
  return issues
}

function issueOf({ code, message, hint }: PrelabelError, control: ControlTag | undefined, path: string): Issue {
  const about = control === undefined ? '' : ` (for ${control.path})`
  return { code, severity: 'error', message: `${message}${about}`, path, ...(hint === undefined ? {} : { hint }) }
}

function notShown({ kind, control }: Finding, asked: readonly ControlTag[]): Omit<Issue, 'path'> {
  const missing = control === undefined ? 'no control is given' : `no control named ${JSON.stringify(control)} is given`
  return {
    code: 'finding-not-shown',
    severity: 'error',
    message: `a ${kind} cannot be shown: ${
      asked.length === 0 ? missing : `${asked.map(({ path }) => path).join(', ')} cannot show one`
    }`,
    hint: 'Fill a control that shows findings of this kind, or add one to the labeling config.',
  }
}
