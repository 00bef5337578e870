import { ownValue } from '../own-value.js'
import type { Adapter } from './adapter.js'

/** What a class is called after an adapter's own label map; undefined for one that the map drops. */
export function mappedLabel(adapter: Adapter | undefined, className: string): string | undefined {
  const label = ownValue(adapter?.labelMap ?? {}, className)
  return label === undefined ? className : (label ?? undefined)
}
