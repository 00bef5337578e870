import type { Adapter } from './adapter.js'

/** What a class is called after an adapter's own label map; undefined for one that the map drops. */
export function mappedLabel(adapter: Adapter | undefined, className: string): string | undefined {
  const map = adapter?.labelMap
  const label = map !== undefined && Object.hasOwn(map, className) ? map[className] : className
  return label ?? undefined
}
