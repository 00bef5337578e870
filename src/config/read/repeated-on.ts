import type { ControlTag } from '../labeling-config.js'
import type { PlacedTag } from './placed-tag.js'

/** What the `<Repeater>` around a tag goes through. */
export function repeatedOn({ parent }: PlacedTag): Pick<ControlTag, 'repeatedOn'> {
  for (let at = parent; at !== undefined; at = at.parent)
    if (at.tag === 'Repeater') return { repeatedOn: at.element.attributes.on ?? '' }
  return {}
}
