/** One encoder, and who may use it next: those who wait in the editor go before everybody else. */

/** Why a picture is encoded, the most urgent first: a click waits; its task was opened; a list is worked off; it may be next. */
export const LANES = ['click', 'opened', 'list', 'ahead'] as const
export type Lane = (typeof LANES)[number]

export interface EncodeQueue {
  /** Runs the job when it is its turn; one at a time. */
  add(job: EncodeJob): void
  /** Jobs that wait. */
  readonly waiting: number
}

export interface EncodeJob {
  /** May become more urgent while it waits. */
  lane: Lane
  run(): Promise<void>
  /** Nobody wants it any more: it is left out when its turn comes. */
  readonly unwanted: boolean
  /** It gave way to a click. */
  drop(): void
}

/** Pictures that may be next give way altogether to a click: it is not worth a longer wait to have guessed. */
export function createEncodeQueue(): EncodeQueue {
  const jobs = new Set<EncodeJob>()
  let running = false

  async function work(): Promise<void> {
    if (running) return
    running = true
    for (let job = next(); job !== undefined; job = next()) {
      jobs.delete(job)
      await job.run()
    }
    running = false
  }

  function next(): EncodeJob | undefined {
    for (const job of jobs) if (job.unwanted) jobs.delete(job)
    const inOrder = [...jobs].sort((a, b) => LANES.indexOf(a.lane) - LANES.indexOf(b.lane))
    return inOrder[0]
  }

  return {
    add(job) {
      jobs.add(job)
      if (job.lane === 'click')
        for (const other of jobs)
          if (other.lane === 'ahead') {
            jobs.delete(other)
            other.drop()
          }
      void work()
    },
    get waiting() {
      return jobs.size
    },
  }
}
