/** Checks of what a control's options say. */

import type { IssueLog, PlacedTag } from './placed-tag.js'

/** Labels given twice, classes claimed twice, and values that the editor reads otherwise than they are written. */
export function checkOptions(log: IssueLog, options: readonly PlacedTag[]): void {
  const labels = new Set<string>()
  const claims = new Map<string, string>()
  for (const placed of options) {
    const { attributes } = placed.element
    const { value = '', alias } = attributes
    const label = alias === undefined || alias === '' ? value : alias
    checkValue(log, placed, value, alias)
    // In a tree, the same word may stand in two places.
    const key = `${placed.parent?.tag === 'Choice' ? placed.parent.path + placed.parent.element.start : ''}\n${label}`
    if (label !== '' && labels.has(key))
      log.add('warning', 'duplicate-label', placed, {
        attribute: 'value',
        message: `the label "${label}" is given twice`,
      })
    labels.add(key)
    // Key points of one class share its name, and tell each other apart by an attribute of the model's own.
    if (Object.keys(attributes).some((name) => name.startsWith('model_'))) continue
    for (const className of (attributes.predicted_values ?? '').split(',').map((name) => name.trim())) {
      const other = claims.get(className)
      if (className !== '' && other !== undefined && other !== label)
        log.add('warning', 'ambiguous-predicted-value', placed, {
          attribute: 'predicted_values',
          message: `the class "${className}" is claimed by "${other}" already`,
          hint: 'The first claim counts.',
        })
      else claims.set(className, label)
    }
  }
}

function checkValue(log: IssueLog, placed: PlacedTag, value: string, alias: string | undefined): void {
  if (placed.tag !== 'Choice') return
  if (/\$[\w[\].{}]/.test(value))
    log.add('warning', 'interpolated-choice', placed, {
      attribute: 'value',
      message: `the editor replaces \`$…\` in "${value}" with a field of the task; Label Studio's server does not`,
      hint: 'Avoid `$` in choices.',
    })
  if (alias === '')
    log.add('warning', 'empty-alias', placed, {
      attribute: 'alias',
      message: "the editor stores the empty alias, Label Studio's server the value",
      hint: 'Remove the alias.',
    })
}
