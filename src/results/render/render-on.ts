import type { ControlTag } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import type { BuiltResult, ResultOptions } from '../builder.js'
import type { Finding } from '../findings.js'
import { carriesLabels, labelSource, regionText } from './companions.js'
import { type AnyClass, hasPath, optionPath, saysPaths } from './option-path.js'
import { renderAnswer, renderClasses } from './render-answer.js'
import type { RenderContext } from './render-options.js'
import { renderOutline } from './render-outline.js'
import { renderPose } from './render-pose.js'
import { renderSpan } from './render-span.js'
import { renderSegment, renderTimeline, renderTrack } from './render-stretch.js'
import type { Target } from './target.js'
import { thresholdFor } from './threshold.js'

type Region = Extract<Finding, { label: string }>
type Answer = Exclude<Finding, Region>

/**
 * Puts a finding on one control that can show it. Nothing comes of one that scores too little or has no label there.
 *
 * @param parent the box under which key points stand
 * @throws PrelabelError when the finding does not lie on the object
 */
export function renderOn(
  finding: Finding,
  control: ControlTag,
  context: RenderContext,
  parent: BuiltResult | undefined,
): readonly BuiltResult[] {
  return 'label' in finding
    ? renderRegion(finding, control, context, parent)
    : renderForObject(finding, control, context)
}

function renderRegion(
  finding: Region,
  control: ControlTag,
  context: RenderContext,
  parent: BuiltResult | undefined,
): readonly BuiltResult[] {
  const { config, object, draft } = context
  const source = labelSource(config, control, object)
  // Points of a skeleton have labels of their own, which need not have to do with the class of the whole.
  const named = finding.kind === 'pose' && control.tag === 'KeyPointLabels' ? undefined : source
  const label = named === undefined ? undefined : shownClasses([finding], named, context)[0]?.label
  if (named === undefined ? isBelow(finding.score, control, context) : label === undefined) return []
  const options = optionsFor(finding, context)
  const own = label !== undefined && carriesLabels(control) ? { label } : {}
  const regions = draw(finding, targetFor(control, context, own, options), context, parent)
  const text = 'text' in finding ? finding.text : undefined
  const texts = text === undefined ? undefined : regionText(config, object)
  for (const region of regions) {
    if (named !== undefined && label !== undefined && !carriesLabels(control)) {
      draft.attach(region, named.name).label(label, options)
    }
    if (texts !== undefined && text !== undefined) draft.attach(region, texts.name).text(text, options)
  }
  return regions
}

function draw(
  finding: Region,
  target: Target,
  { labelMaps }: RenderContext,
  parent: BuiltResult | undefined,
): readonly BuiltResult[] {
  switch (finding.kind) {
    case 'detection':
    case 'mask':
      return renderOutline(finding, target)
    case 'pose':
      return renderPose(finding, target, labelMaps.of(target.control), parent)
    case 'span':
      return [renderSpan(finding, target)]
    case 'segment':
      return [renderSegment(finding, target)]
    case 'timeline':
      return [renderTimeline(finding, target)]
    case 'track':
      return [renderTrack(finding, target)]
  }
}

/** @throws PrelabelError `answered-twice` */
function renderForObject(finding: Answer, control: ControlTag, context: RenderContext): readonly BuiltResult[] {
  const options = optionsFor(finding, context, control.perItem)
  const target = targetFor(control, context, {}, options)
  if (finding.kind === 'classification') {
    const classes = shownClasses(finding.classes, control, context)
    if (classes.length === 0) return []
    answerOnce(control, options.itemIndex, context)
    return [renderClasses(classes, target)]
  }
  if (isBelow(finding.score, control, context)) return []
  answerOnce(control, options.itemIndex, context)
  return [renderAnswer(finding, target)]
}

/**
 * Takes note that a control has its answer for a page.
 *
 * @throws PrelabelError `answered-twice` for a second one, in place of which the editor would forget the first
 */
function answerOnce({ name, path }: ControlTag, page: number | undefined, { answered }: RenderContext): void {
  const key = `${page ?? ''} ${name}`
  if (answered.has(key)) {
    throw new PrelabelError(`${path} has its answer already, and shows one alone`, { code: 'answered-twice' })
  }
  answered.add(key)
}

function targetFor(
  control: ControlTag,
  { object, surface, draft, polygons = {} }: RenderContext,
  label: Target['label'],
  options: ResultOptions,
): Target {
  return { control, object, surface, polygons, builder: draft.control(control.name), label, options }
}

function optionsFor(finding: Finding, { object, itemIndex }: RenderContext, paged = true): ResultOptions {
  const score = 'score' in finding ? finding.score : undefined
  const page = paged ? (finding.itemIndex ?? itemIndex) : undefined
  return {
    to: object.name,
    ...(score === undefined ? {} : { score }),
    ...(page === undefined ? {} : { itemIndex: page }),
  }
}

/** The control's labels for some classes, without those that it does not have or that score too little. */
function shownClasses(classes: readonly AnyClass[], control: ControlTag, context: RenderContext): AnyClass[] {
  const shown = new Map<string, AnyClass>()
  for (const { label: className, path: given, score } of classes) {
    const path = given !== undefined && hasPath(control, given) ? given : undefined
    const label = path?.at(-1) ?? context.labelMaps.of(control).labelFor(className)
    if (label === undefined) continue
    const found: AnyClass = {
      label,
      ...(path === undefined ? {} : { path }),
      ...(score === undefined ? {} : { score }),
    }
    const key = saysPaths(control) ? JSON.stringify(optionPath(control, found)) : label
    if (shown.has(key)) continue
    if (score !== undefined && score < thresholdFor(control, label, context.thresholds)) continue
    shown.set(key, found)
  }
  return [...shown.values()]
}

function isBelow(score: number | undefined, control: ControlTag, { thresholds }: RenderContext): boolean {
  return score !== undefined && score < thresholdFor(control, undefined, thresholds)
}
