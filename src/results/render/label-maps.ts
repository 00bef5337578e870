import { type ControlTag, createLabelMap, type LabelMap } from '../../config/index.js'

/** The label map of any control: the one that was given, else that of the config alone. */
export interface LabelMaps {
  of(control: ControlTag): LabelMap
}

export function createLabelMaps(given: ReadonlyMap<string, LabelMap> | undefined): LabelMaps {
  let made: Map<string, LabelMap> | undefined
  return {
    of(control) {
      const known = given?.get(control.name) ?? made?.get(control.name)
      if (known !== undefined) return known
      const map = createLabelMap(control, undefined)
      made ??= new Map()
      made.set(control.name, map)
      return map
    },
  }
}
