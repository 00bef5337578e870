/** One encoder, and who may use it next: those who wait in the editor go before everybody else. */

import { PrelabelError } from '../../../errors.js'

/** Why a picture is encoded, the most urgent first: a click waits; its task was opened; a list is worked off; it may be next. */
const LANES = ['click', 'opened', 'list', 'ahead'] as const
export type Lane = (typeof LANES)[number]

/** True when the first goes before the second. */
export function isMoreUrgent(one: Lane, other: Lane): boolean {
  return LANES.indexOf(one) < LANES.indexOf(other)
}

/** A place in the queue; it may become more urgent, and is given up when nobody waits any more. */
export interface Turn {
  lane: Lane
  waiters: number
  /** It never comes: nobody may wait for it any more. */
  givenUp: boolean
}

export interface EncodeQueue {
  /**
   * Runs the task when it is its turn, one at a time, and to the end once it has begun.
   *
   * @throws PrelabelError `sam-not-encoded` when it never came to its turn
   */
  run<T>(turn: Turn, task: () => Promise<T>): Promise<T>
  /** Gives up all that waits. */
  close(): void
}

interface Job {
  readonly turn: Turn
  start(): Promise<void>
  reject(reason: unknown): void
}

/** Pictures that may be next give way altogether to a click: it is not worth a longer wait to have guessed. */
export function createEncodeQueue(): EncodeQueue {
  const jobs = new Set<Job>()
  let working = false

  async function work(): Promise<void> {
    if (working) return
    working = true
    for (let job = next(); job !== undefined; job = next()) {
      jobs.delete(job)
      await job.start()
    }
    working = false
  }

  function next(): Job | undefined {
    giveUp(({ waiters }) => waiters === 0)
    return [...jobs].reduce<Job | undefined>(
      (first, job) => (first === undefined || isMoreUrgent(job.turn.lane, first.turn.lane) ? job : first),
      undefined,
    )
  }

  function giveUp(which: (turn: Turn) => boolean): void {
    for (const job of jobs) {
      if (!which(job.turn)) continue
      jobs.delete(job)
      job.turn.givenUp = true
      job.reject(notEncoded())
    }
  }

  return {
    run(turn, task) {
      if (turn.lane === 'click') giveUp(({ lane }) => lane === 'ahead')
      return new Promise((resolve, reject) => {
        jobs.add({ turn, start: () => task().then(resolve, reject), reject })
        void work()
      })
    },
    close: () => giveUp(() => true),
  }
}

function notEncoded(): PrelabelError {
  return new PrelabelError('the picture was not encoded: something more urgent came, or nobody waited', {
    code: 'sam-not-encoded',
    status: 503,
    hint: 'Ask again.',
  })
}
