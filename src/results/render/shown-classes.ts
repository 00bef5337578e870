import type { ControlTag } from '../../config/index.js'
import type { LabelMaps } from './label-maps.js'
import { type AnyClass, hasPath, optionPath, saysPaths } from './option-path.js'
import { type Thresholds, thresholdFor } from './threshold.js'

/** By what classes become labels, and which of them count. */
export interface ClassRules {
  readonly labelMaps: LabelMaps
  readonly thresholds?: Thresholds
}

/** The control's labels for some classes, without those that it does not have or that score too little. */
export function shownClasses(
  classes: readonly AnyClass[],
  control: ControlTag,
  { labelMaps, thresholds }: ClassRules,
): AnyClass[] {
  const shown = new Map<string, AnyClass>()
  for (const { label: className, path: given, score } of classes) {
    const path = given !== undefined && hasPath(control, given) ? given : undefined
    const label = path?.at(-1) ?? labelMaps.of(control).labelFor(className)
    if (label === undefined) continue
    const found: AnyClass = {
      label,
      ...(path === undefined ? {} : { path }),
      ...(score === undefined ? {} : { score }),
    }
    const key = saysPaths(control) ? JSON.stringify(optionPath(control, found)) : label
    if (shown.has(key)) continue
    if (score !== undefined && score < thresholdFor(control, label, thresholds)) continue
    shown.set(key, found)
  }
  return [...shown.values()]
}
