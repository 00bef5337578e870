/** From what a model found to results on the controls that a project has. */

import {
  type ControlTag,
  createLabelMap,
  type LabelingConfig,
  type LabelMap,
  type ObjectTag,
} from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import type { Issue } from '../../issues.js'
import type { BuiltResult, ResultOptions } from '../builder.js'
import { createDraft, type PredictionDraft } from '../draft.js'
import type { ClassScore, Finding } from '../findings.js'
import type { Surface } from '../surface.js'
import { renderClasses } from './render-classification.js'
import { renderOutline } from './render-outline.js'
import { renderSpan } from './render-span.js'
import type { Target } from './target.js'
import { type Thresholds, thresholdFor } from './threshold.js'

export interface RenderOptions {
  readonly config: LabelingConfig
  /** The object that the findings are about. */
  readonly object: ObjectTag
  /** The controls that the findings may fill. */
  readonly controls: readonly ControlTag[]
  /** What the object shows: the input that the model was given fits. */
  readonly surface: Surface
  readonly findings: readonly Finding[]
  /** Label maps by control name. @default those of the config alone */
  readonly labelMaps?: ReadonlyMap<string, LabelMap>
  /** Findings that score less are left out; findings without a score never are. @default the attributes of the config */
  readonly thresholds?: Thresholds
  /** 0-based page of an `<Image valueList>` that findings without a page of their own are on. */
  readonly itemIndex?: number
  /** The draft that results go into. @default one of its own */
  readonly draft?: PredictionDraft
}

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
 * Never throws for a finding: one that no control can show, or that lies outside its object, becomes an issue.
 */
export function renderFindings(options: RenderOptions): Rendered {
  const { config, object, surface, itemIndex } = options
  const draft = options.draft ?? createDraft(config)
  draft.surface(object.name, surface, itemIndex)
  const before = draft.results.length
  const labelMaps = new Map(options.labelMaps)
  for (const control of options.controls) {
    if (!labelMaps.has(control.name)) labelMaps.set(control.name, createLabelMap(control, undefined))
  }
  const issues = options.findings.flatMap((finding, index) =>
    renderFinding(finding, { ...options, draft, labelMaps }).map((issue) => ({ path: `findings[${index}]`, ...issue })),
  )
  return { results: draft.results.slice(before), issues }
}

type Context = RenderOptions & Required<Pick<RenderOptions, 'draft' | 'labelMaps'>>
type Problem = Omit<Issue, 'path'>

function renderFinding(finding: Finding, context: Context): Problem[] {
  const controls = context.controls.filter(({ name }) => finding.control === undefined || finding.control === name)
  const problems: Problem[] = []
  let shown = false
  for (const control of controls) {
    try {
      shown = renderOn(finding, control, context) || shown
    } catch (error) {
      if (!PrelabelError.isInstance(error)) throw error
      shown = true
      problems.push(problemOf(error, control))
    }
  }
  if (!shown) problems.push(notShown(finding, controls))
  return problems
}

/** False when the control cannot show findings of this kind. */
function renderOn(finding: Finding, control: ControlTag, context: Context): boolean {
  const target = (label: string | undefined): Target => ({
    control,
    object: context.object,
    surface: context.surface,
    builder: context.draft.control(control.name),
    label,
    options: resultOptions(finding, context),
  })
  if (finding.kind === 'classification')
    return renderClasses(shownClasses(finding.classes, control, context), target(undefined))
  if (!('label' in finding)) return false
  const [shown] = shownClasses([finding], control, context)
  if (shown === undefined) return true
  switch (finding.kind) {
    case 'detection':
      return renderOutline(finding, target(shown.label))
    case 'span':
      return renderSpan(finding, target(shown.label))
    default:
      return false
  }
}

/** The control's labels for some classes, without those that it does not have or that score too little. */
function shownClasses(
  classes: readonly ClassScore[],
  control: ControlTag,
  { labelMaps, thresholds }: Context,
): ClassScore[] {
  const shown = new Map<string, ClassScore>()
  for (const { label: className, score } of classes) {
    const label = labelMaps.get(control.name)?.labelFor(className)
    if (label === undefined || shown.has(label)) continue
    if (score !== undefined && score < thresholdFor(control, label, thresholds)) continue
    shown.set(label, score === undefined ? { label } : { label, score })
  }
  return [...shown.values()]
}

function resultOptions(finding: Finding, { object, itemIndex }: Context): ResultOptions {
  const score = 'score' in finding ? finding.score : undefined
  const page = finding.itemIndex ?? itemIndex
  return {
    to: object.name,
    ...(score === undefined ? {} : { score }),
    ...(page === undefined ? {} : { itemIndex: page }),
  }
}

function problemOf(error: PrelabelError, control: ControlTag): Problem {
  return {
    code: error.code,
    severity: 'error',
    message: `${error.message} (for ${control.path})`,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  }
}

function notShown(finding: Finding, controls: readonly ControlTag[]): Problem {
  const asked = finding.control === undefined ? '' : ` named ${JSON.stringify(finding.control)}`
  const names = controls.map(({ path }) => path).join(', ')
  return {
    code: 'finding-not-shown',
    severity: 'error',
    message:
      controls.length === 0
        ? `there is no control${asked} for a ${finding.kind}`
        : `a ${finding.kind} cannot be shown by ${names}`,
    hint: 'Name a control in the adapter that shows findings of this kind, or add one to the labeling config.',
  }
}
