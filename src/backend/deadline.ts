import type { Cancellation } from '../cancellation.js'
import { PrelabelError } from '../errors.js'
import { shuttingDown } from './admission.js'

/** Until when work must be answered. */
export interface Deadline {
  /** Resolves when the time is over, with what is to be said of work that is not done: `deadline-passed` or `shutting-down`. */
  readonly passed: Promise<PrelabelError>
  /** Fires when the backend gives up what is in hand, late work too. */
  readonly over: Cancellation
  /** Stops the clock. */
  stop(): void
}

/** Starts the clock of a request; without a time, of work that has until the backend gives it up. */
export type StartDeadline = (milliseconds?: number) => Deadline

/** @param over fires when the backend gives up what is in hand, however much time is left */
export function createDeadlines(over: Cancellation): StartDeadline {
  // An array, since what goes through a Set that lives long is kept by the tables it outgrew, until the next full collection.
  const running: (() => void)[] = []
  over.addEventListener('abort', () => {
    for (const end of [...running]) end()
  })

  return (milliseconds) => {
    let stop = () => {}
    const passed = new Promise<PrelabelError>((resolve) => {
      const onOver = () => end(shuttingDown())
      const timer = milliseconds === undefined ? undefined : setTimeout(() => end(deadlinePassed()), milliseconds)
      running.push(onOver)
      stop = () => {
        clearTimeout(timer)
        const index = running.indexOf(onOver)
        if (index >= 0) running.splice(index, 1)
      }
      function end(reason: PrelabelError): void {
        stop()
        resolve(reason)
      }
      if (over.aborted) onOver()
    })
    return { passed, over, stop }
  }
}

function deadlinePassed(): PrelabelError {
  return new PrelabelError('the task was not done in time; it is being finished in the background', {
    code: 'deadline-passed',
    status: 504,
    hint: 'Ask again in a while: what is done by then is answered at once.',
  })
}
