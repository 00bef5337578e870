/** What is said of a whole object: classes, texts, values. */

import type { BuiltResult } from '../builder.js'
import type { FreeText, Moment, Preference, Quantity, Ranking } from '../findings.js'
import { type AnyClass, optionPath, saysPaths } from './option-path.js'
import type { Target } from './target.js'
import { numberAttribute } from './threshold.js'

/** The result of classes that are labels of the control, best first, at least one. */
export function renderClasses(classes: readonly AnyClass[], target: Target): BuiltResult {
  const { control, builder, options } = target
  const chosen = classes.slice(0, classLimit(target))
  const score = chosen[0]?.score
  const scored = { ...options, ...(score === undefined ? {} : { score }) }
  if (!saysPaths(control))
    return builder.choose(
      chosen.map(({ label }) => label),
      scored,
    )
  const paths = chosen.map((found) => optionPath(control, found))
  return control.tag === 'Taxonomy' ? builder.classify(paths, scored) : builder.choose(paths, scored)
}

/** How many classes the control takes. */
function classLimit({ control: { tag, multiple, attributes } }: Target): number {
  if (tag === 'Choices') return multiple ? Infinity : 1
  return numberAttribute(attributes.maxUsages) ?? Infinity
}

/** The result of any other answer, on a control that takes it. */
export function renderAnswer(
  finding: FreeText | Quantity | Moment | Preference | Ranking,
  { control, builder, options }: Target,
): BuiltResult {
  switch (finding.kind) {
    case 'text':
      return builder.text(finding.text, options)
    case 'number':
      return control.tag === 'Rating' ? builder.rate(finding.value, options) : builder.number(finding.value, options)
    case 'datetime':
      return builder.dateTime(finding.value, options)
    case 'preference':
      return builder.prefer(finding.selected, options)
    case 'ranking':
      return builder.rank(finding.order, options)
  }
}
