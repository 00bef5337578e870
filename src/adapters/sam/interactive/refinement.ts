/** Answers to fewer clicks on the same thing, from which the next answer goes on. */

import { LRUCache } from 'lru-cache'
import type { LowResMask, PromptPoint } from '../model/index.js'

/** Things that are being clicked at, at the same time. */
const MOST_THINGS = 64

export interface Refinement {
  /** The answer to the clicks before the newest ones, while they are the beginning of these. */
  before(thing: string, points: readonly PromptPoint[]): LowResMask | undefined
  keep(thing: string, points: readonly PromptPoint[], lowRes: LowResMask): void
}

interface Answered {
  readonly points: readonly PromptPoint[]
  readonly lowRes: LowResMask
}

export function createRefinement(): Refinement {
  const answered = new LRUCache<string, Answered>({ max: MOST_THINGS })
  return {
    before(thing, points) {
      const last = answered.get(thing)
      if (last === undefined) return undefined
      if (last.points.length < points.length && isBeginning(last.points, points)) return last.lowRes
      answered.delete(thing)
      return undefined
    },
    keep: (thing, points, lowRes) => void answered.set(thing, { points, lowRes }),
  }
}

function isBeginning(some: readonly PromptPoint[], all: readonly PromptPoint[]): boolean {
  return some.every((one, index) => {
    const other = all[index]
    return other !== undefined && other.x === one.x && other.y === one.y && other.positive === one.positive
  })
}
