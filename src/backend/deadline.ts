import type { AbortSource } from '../cancellation.js'
import { PrelabelError } from '../errors.js'
import { shuttingDown } from './admission.js'

/** Until when a request must be answered. */
export interface Deadline {
  /** Resolves when the time is over, with what is to be said of work that is not done: `deadline-passed` or `shutting-down`. */
  readonly passed: Promise<PrelabelError>
  /** Fires when the backend gives up what is in hand, late work too. */
  readonly over: AbortSource
  /** Stops the clock. */
  stop(): void
}

/**
 * Starts the clock of a request.
 *
 * @param over fires when the backend gives up what is in hand, however much time is left
 */
export function startDeadline(milliseconds: number, over: AbortSource): Deadline {
  let stop = () => {}
  const passed = new Promise<PrelabelError>((resolve) => {
    const end = (reason: PrelabelError) => {
      stop()
      resolve(reason)
    }
    const onOver = () => end(shuttingDown())
    const timer = setTimeout(() => end(deadlinePassed()), milliseconds)
    over.addEventListener('abort', onOver, { once: true })
    stop = () => {
      clearTimeout(timer)
      over.removeEventListener('abort', onOver)
    }
    if (over.aborted) onOver()
  })
  return { passed, over, stop: () => stop() }
}

/**
 * Waits for work, but no longer than until the deadline.
 *
 * @param late makes the error for work that is not done by then
 * @throws what `late` makes; `shutting-down`
 */
export async function beforeDeadline<T>({ passed }: Deadline, work: Promise<T>, late: () => PrelabelError): Promise<T> {
  const first = await Promise.race([work.then((value) => ({ value })), passed])
  if (!PrelabelError.isInstance(first)) return first.value
  throw first.code === 'shutting-down' ? first : late()
}

function deadlinePassed(): PrelabelError {
  return new PrelabelError('the task was not done in time; it is being finished in the background', {
    code: 'deadline-passed',
    status: 504,
    hint: 'Ask again in a while: what is done by then is answered at once.',
  })
}
