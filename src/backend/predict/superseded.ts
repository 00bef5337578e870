import { type AbortSource, type Cancellation, createCancellation } from '../../cancellation.js'
import { PrelabelError } from '../../errors.js'

/** Annotators who may draw on one object of one task at the same time. */
const MOST_WAITING = 4

/** What was drawn, and is being answered. */
export interface Waiting {
  /** Aborts when the asker leaves, and when something newer took its place. */
  readonly signal: Cancellation
  readonly superseded: boolean
  leave(): void
}

/** Interactive requests in hand. */
export interface InteractiveRequests {
  /**
   * @param place what it is about: requests of other places have nothing to do with it
   * @param ids ids of the regions that were drawn
   */
  enter(place: string, ids: readonly string[], signal: AbortSource): Waiting
}

interface Entry {
  readonly ids: readonly string[]
  readonly cancellation: Cancellation
}

/**
 * Lets the newest of what an annotator draws win: the editor sends all that is pending each time and throws older answers
 * away, so a request gives way to one that brings all of its regions. Others are another annotator's, up to a handful.
 */
export function createInteractiveRequests(): InteractiveRequests {
  const waiting = new Map<string, Set<Entry>>()

  return {
    enter(place, ids, signal) {
      const entry: Entry = { ids, cancellation: createCancellation() }
      const others = waiting.get(place) ?? new Set()
      waiting.set(place, others)
      const isOvertaken = (one: Entry) => one.ids.length > 0 && one.ids.every((id) => ids.includes(id))
      const overtaken = [...others].filter(isOvertaken)
      const kept = [...others].filter((one) => !isOvertaken(one))
      for (const one of [...overtaken, ...kept.slice(0, Math.max(0, kept.length - MOST_WAITING + 1))]) {
        others.delete(one)
        one.cancellation.abort(superseded())
      }
      others.add(entry)
      const abort = () => entry.cancellation.abort(signal.reason)
      if (signal.aborted) abort()
      signal.addEventListener('abort', abort, { once: true })
      return {
        signal: entry.cancellation,
        get superseded() {
          const { reason } = entry.cancellation
          return PrelabelError.isInstance(reason) && reason.code === 'superseded'
        },
        leave() {
          signal.removeEventListener('abort', abort)
          others.delete(entry)
          if (others.size === 0 && waiting.get(place) === others) waiting.delete(place)
        },
      }
    },
  }
}

function superseded(): PrelabelError {
  return new PrelabelError('something newer was drawn', {
    code: 'superseded',
    status: 409,
    hint: 'The answer to that brings what this one would have.',
  })
}
