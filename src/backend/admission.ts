import { PrelabelError } from '../errors.js'
import type { Priority } from '../inference/batcher.js'

/** Bounds the tasks that were accepted and are not done, people and lists apart, so that neither shuts the other out. */
export interface Admission {
  /**
   * @returns gives the places back
   * @throws PrelabelError `queue-full`, `shutting-down` (503)
   */
  admit(tasks: number, priority: Priority): () => void
  readonly pending: { readonly interactive: number; readonly bulk: number }
  readonly closed: boolean
  /** Refuses everything from now on. */
  close(): void
}

/** @param limits most tasks in hand; a request alone is taken however large it is */
export function createAdmission(limits: Readonly<Record<Priority, number>>): Admission {
  const pending = { interactive: 0, bulk: 0 }
  let closed = false
  return {
    admit(tasks, priority) {
      if (closed) throw shuttingDown()
      if (pending[priority] > 0 && pending[priority] + tasks > limits[priority]) throw queueFull(pending[priority])
      pending[priority] += tasks
      let given = false
      return () => {
        if (given) return
        given = true
        pending[priority] -= tasks
      }
    },
    get pending() {
      return pending
    },
    get closed() {
      return closed
    },
    close() {
      closed = true
    },
  }
}

function queueFull(pending: number): PrelabelError {
  return new PrelabelError(`${pending} tasks are in hand already`, {
    code: 'queue-full',
    status: 503,
    hint: 'Ask again in a moment, or raise `limits.queuedTasks`.',
  })
}

/** What is said of work that is not taken any more, or not finished. */
export function shuttingDown(): PrelabelError {
  return new PrelabelError('the backend is shutting down', {
    code: 'shutting-down',
    status: 503,
    hint: 'Ask again in a moment.',
  })
}
