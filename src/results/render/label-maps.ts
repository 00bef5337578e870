import { type ControlTag, createLabelMap, type LabelMap } from '../../config/index.js'

/** The label map of any control: the one that was given, else that of the config alone. */
export interface LabelMaps {
  of(control: ControlTag): LabelMap
}

export function createLabelMaps(given: ReadonlyMap<string, LabelMap> = new Map()): LabelMaps {
  const made = new Map(given)
  return {
    of(control) {
      const map = made.get(control.name) ?? createLabelMap(control, undefined)
      made.set(control.name, map)
      return map
    },
  }
}
