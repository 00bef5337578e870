/** What is said of a whole object: classes, texts, values. */

import type { LabelOption } from '../../config/index.js'
import type { BuiltResult } from '../builder.js'
import type { ClassScore, FreeText, Moment, Preference, Quantity, Ranking } from '../findings.js'
import type { Target } from './target.js'
import { numberAttribute } from './threshold.js'

/** The result of classes that are labels of the control, best first, at least one. */
export function renderClasses(classes: readonly ClassScore[], target: Target): BuiltResult {
  const { control, builder, options } = target
  const chosen = classes.slice(0, classLimit(target))
  const score = chosen[0]?.score
  const scored = score === undefined ? options : { ...options, score }
  const paths = chosen.map(({ label }) => pathTo(control.options, label) ?? [label])
  if (control.tag === 'Taxonomy') return builder.classify(paths, scored)
  const nested = control.attributes.allowNested === 'true'
  return builder.choose(nested ? paths : chosen.map(({ label }) => label), scored)
}

/** How many classes the control takes. */
function classLimit({ control: { tag, multiple, attributes } }: Target): number {
  if (tag === 'Choices') return multiple ? Infinity : 1
  return numberAttribute(attributes.maxUsages) ?? Infinity
}

/** Labels from the root to the first option of that label. */
function pathTo(options: readonly LabelOption[], label: string): readonly string[] | undefined {
  for (const option of options) {
    if (option.label === label) return [option.label]
    const below = pathTo(option.children, label)
    if (below !== undefined) return [option.label, ...below]
  }
  return undefined
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
