import type { ControlTag } from '../../config/index.js'
import type { BuiltResult, ResultOptions } from '../builder.js'
import type { Finding } from '../findings.js'
import { carriesLabels } from './companions.js'
import { type Region, regionLabel } from './region-label.js'
import type { RenderContext } from './render-options.js'
import { renderOutline } from './render-outline.js'
import { renderPose } from './render-pose.js'
import { renderSpan } from './render-span.js'
import { renderSegment, renderTimeline, renderTrack } from './render-stretch.js'
import { type Answer, sayAnswer } from './say-answer.js'
import type { Target } from './target.js'

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
  const named = regionLabel(finding, control, context)
  if (named === undefined) return []
  const { source, label } = named
  const options = optionsFor(finding, context)
  const own = label !== undefined && carriesLabels(control) ? { label } : {}
  const regions = draw(finding, targetFor(control, context, own, options), context, parent)
  if (source !== undefined && label !== undefined && !carriesLabels(control)) {
    for (const region of regions) context.draft.attach(region, source.name).label(label, options)
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
  return sayAnswer(finding, targetFor(control, context, {}, options), `page ${options.itemIndex ?? ''}`, context)
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
