/** Whether a backend that was written for one config can serve a project that sends another. */

import type { Issue } from '../issues.js'
import { nearestName } from '../nearest-name.js'
import { findControl, findObject } from './find-tag.js'
import type { ControlTag, LabelingConfig, LabelOption, ObjectTag } from './labeling-config.js'

/**
 * What a project's config lacks, has besides or calls otherwise, seen from the config that a backend was written for.
 * Errors are what makes results of the backend vanish; warnings what merely stays unused. Positions are in the sent text,
 * and so are paths, but for what it lacks: those are the written config's.
 *
 * @param written the config that the backend was written for
 * @param sent the config that the project has
 */
export function compareConfigs(written: LabelingConfig, sent: LabelingConfig): Issue[] {
  const issues = [...compareObjects(written, sent), ...compareControls(written, sent)]
  return issues.sort((a, b) => (a.position?.offset ?? 0) - (b.position?.offset ?? 0))
}

function compareObjects(written: LabelingConfig, sent: LabelingConfig): Issue[] {
  const issues: Issue[] = []
  for (const object of written.objects.values()) {
    const other = findObject(sent, object.name)
    if (other === undefined) issues.push(missingObject(object, written, sent))
    else if (other.tag !== object.tag)
      issues.push({
        code: 'object-tag-differs',
        severity: 'error',
        message: `"${object.name}" is a <${other.tag}>, expected <${object.tag}>`,
        path: other.path,
        position: other.position,
      })
    else if (other.value !== object.value)
      issues.push({
        code: 'object-value-differs',
        severity: 'warning',
        message: `"${object.name}" shows ${other.value}, expected ${object.value}`,
        path: `${other.path}/@${other.list ? 'valueList' : 'value'}`,
        position: other.position,
      })
  }
  for (const object of sent.objects.values())
    if (findObject(written, object.name) === undefined)
      issues.push({
        code: 'extra-object',
        severity: 'warning',
        message: `<${object.tag}> "${object.name}" is unknown to the backend`,
        path: object.path,
        position: object.position,
      })
  return issues
}

function missingObject(object: ObjectTag, written: LabelingConfig, sent: LabelingConfig): Issue {
  const renamed = [...sent.objects.values()].find(
    ({ tag, name }) => tag === object.tag && findObject(written, name) === undefined,
  )
  return missing('object', object, renamed)
}

function compareControls(written: LabelingConfig, sent: LabelingConfig): Issue[] {
  const issues: Issue[] = []
  const extra = [...sent.controls.values()].filter(({ name }) => findControl(written, name) === undefined)
  for (const control of written.controls.values()) {
    const other = findControl(sent, control.name)
    if (other === undefined) issues.push(missing('control', control, mostAlike(control, extra)))
    else issues.push(...compareControl(control, other))
  }
  for (const control of extra)
    issues.push({
      code: 'extra-control',
      severity: 'warning',
      message: `<${control.tag}> "${control.name}" is unknown to the backend; nothing will fill it`,
      path: control.path,
      position: control.position,
    })
  return issues
}

function missing(
  kind: 'control' | 'object',
  tag: ControlTag | ObjectTag,
  renamed: ControlTag | ObjectTag | undefined,
): Issue {
  const base = {
    code: renamed === undefined ? `missing-${kind}` : `renamed-${kind}`,
    severity: 'error',
    message: `the ${kind} <${tag.tag}> "${tag.name}" is missing`,
    path: renamed?.path ?? tag.path,
  } as const
  if (renamed === undefined) return base
  return { ...base, hint: `Is it "${renamed.name}" now?`, position: renamed.position }
}

/** A control of the same tag that shares at least half of the labels. */
function mostAlike(control: ControlTag, candidates: readonly ControlTag[]): ControlTag | undefined {
  const wanted = new Set(control.labels)
  let best: { candidate: ControlTag; share: number } | undefined
  for (const candidate of candidates) {
    if (candidate.tag !== control.tag) continue
    const common = candidate.labels.filter((label) => wanted.has(label)).length
    const share = common / Math.max(1, wanted.size, candidate.labels.length)
    const enough = wanted.size === 0 ? candidate.labels.length === 0 : share >= 0.5
    if (enough && share >= (best?.share ?? 0)) best = { candidate, share }
  }
  return best?.candidate
}

function compareControl(written: ControlTag, sent: ControlTag): Issue[] {
  const issues: Issue[] = []
  const report = (severity: Issue['severity'], code: string, message: string, hint?: string) =>
    issues.push({
      code,
      severity,
      message,
      path: sent.path,
      ...(hint === undefined ? {} : { hint }),
      position: sent.position,
    })
  if (sent.tag !== written.tag)
    report('error', 'control-tag-differs', `"${written.name}" is a <${sent.tag}>, expected <${written.tag}>`)
  const lost = written.toName.filter((name) => !sent.toName.includes(name))
  if (lost.length > 0)
    report(
      'error',
      'to-name-differs',
      `"${written.name}" is about ${sent.toName.join()}, expected ${written.toName.join()}`,
    )
  if (sent.multiple !== written.multiple)
    report(
      written.multiple ? 'error' : 'warning',
      'choice-differs',
      `"${written.name}" takes ${sent.multiple ? 'several choices' : 'one choice'}, expected ${written.multiple ? 'several' : 'one'}`,
    )
  if (sent.openVocabulary === true) return issues
  const known = new Set(written.labels)
  const taken = new Set(sent.labels)
  const extra = sent.labels.filter((label) => !known.has(label))
  const lacking = written.labels.filter((label) => !taken.has(label))
  const sameValue = sameValueIn(written, sent)
  for (const [index, label] of lacking.entries()) {
    const renamed = sameValue(label) ?? (index < MAX_NEIGHBOURS ? nearestName(label, extra) : undefined)
    if (renamed === undefined) report('error', 'missing-label', `"${written.name}" has no label "${label}"`)
    else report('error', 'renamed-label', `"${written.name}" has no label "${label}"`, `Is it "${renamed}" now?`)
  }
  if (written.openVocabulary !== true)
    for (const label of extra)
      report('warning', 'extra-label', `the label "${label}" of "${written.name}" is unknown to the backend`)
  return issues
}

/** For how many labels of a control a near spelling is looked for: looking costs far more than comparing. */
const MAX_NEIGHBOURS = 100

/** Finds the label that the sent config has for the same value: its alias changed. */
function sameValueIn(written: ControlTag, sent: ControlTag): (label: string) => string | undefined {
  // Reversed, since the first of several counts.
  const values = new Map(
    flatten(written.options)
      .toReversed()
      .map(({ label, value }) => [label, value]),
  )
  const labels = new Map(
    flatten(sent.options)
      .toReversed()
      .map(({ label, value }) => [value, label]),
  )
  return (label) => {
    const value = values.get(label)
    return value === undefined ? undefined : labels.get(value)
  }
}

function flatten(options: readonly LabelOption[]): LabelOption[] {
  return options.flatMap((option) => [option, ...flatten(option.children)])
}
