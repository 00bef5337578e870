import type { LabelOption } from '../../config/labeling-config.js'
import type { Issue } from '../../issues.js'
import type { Finding } from '../../results/findings.js'
import type { Binding } from '../binding/bind-adapters.js'

/**
 * Classes that a model said and that mean no label of any control it fills. Classes that it declared are known from the
 * binding report and are no news.
 */
export function unknownClasses({ runtime, controls }: Binding, findings: readonly Finding[]): Issue[] {
  const said = new Set(findings.filter((finding) => !isByPlace(finding, controls)).flatMap(classesOf))
  const unmapped = [...said].filter((name) => controls.every(({ labelMap }) => labelMap.labelFor(name) === undefined))
  if (unmapped.length === 0) return []
  const classes = controls.flatMap(({ info }) => info.classes ?? [])
  const declared = new Set([...classes, ...Object.keys(runtime.adapter.labelMap ?? {})])
  const unknown = unmapped.filter((name) => !declared.has(name))
  return unknown.map((name) => ({
    code: 'class-unmapped',
    severity: 'error',
    message: `${runtime.adapter.name} said ${JSON.stringify(name)}, which means no label of ${controls.map(({ control }) => control.name).join(', ')}`,
    path: 'findings',
    hint: 'Add it to the `predicted_values` of a label, or to the `labelMap` of the adapter.',
  }))
}

/** Points that labels name by their place in the skeleton are shown whatever the skeleton is called. */
function isByPlace({ kind }: Finding, controls: Binding['controls']): boolean {
  return kind === 'pose' && controls.some(({ control }) => control.options.some(namesPlace))
}

function namesPlace({ attributes, children }: LabelOption): boolean {
  return attributes.model_index !== undefined || children.some(namesPlace)
}

function classesOf(finding: Finding): readonly string[] {
  if (finding.kind === 'classification') return finding.classes.map(({ label }) => label)
  return 'label' in finding ? [finding.label, ...(finding.answers ?? []).flatMap(classesOf)] : []
}
