import type { Entity } from '../text/entity.js'

/** Entities that one window found, and the stretch of text that the window saw. */
export interface WindowEntities {
  readonly entities: readonly Entity[]
  readonly start: number
  readonly end: number
}

interface Placed extends Entity {
  /** It touches an edge of its window, behind which the text goes on: it may be a part of an entity. */
  readonly cutStart: boolean
  readonly cutEnd: boolean
}

/**
 * Joins what overlapping windows found. Of entities that overlap the longer one stays, of equals the surer one, as in
 * the Python pipeline; but two parts of one entity, each cut by its window's edge, are put together.
 *
 * @param windows in the order of the text
 */
export function mergeWindows(windows: readonly WindowEntities[]): Entity[] {
  if (windows.length < 2) return windows.flatMap(({ entities }) => entities)
  const placed = windows
    .flatMap(({ entities, start, end }, index) =>
      entities.map((entity) => ({
        ...entity,
        cutStart: index > 0 && entity.start === start,
        cutEnd: index < windows.length - 1 && entity.end === end,
      })),
    )
    .sort((a, b) => a.start - b.start)
  const merged: Placed[] = []
  for (const entity of placed) {
    const previous = merged.at(-1)
    if (previous === undefined || entity.start >= previous.end) merged.push(entity)
    else merged[merged.length - 1] = choose(previous, entity)
  }
  return merged.map(({ label, score, start, end }) => ({ label, score, start, end }))
}

function choose(previous: Placed, next: Placed): Placed {
  if (previous.label === next.label && previous.cutEnd && next.cutStart && next.end > previous.end)
    return { ...previous, end: next.end, cutEnd: next.cutEnd, score: Math.max(previous.score, next.score) }
  const longer = next.end - next.start - (previous.end - previous.start)
  return longer > 0 || (longer === 0 && next.score > previous.score) ? next : previous
}
