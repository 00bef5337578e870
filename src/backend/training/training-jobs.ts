import { LRUCache } from 'lru-cache'
import type { Logger, MaybePromise } from '../../adapters/adapter.js'
import { describeError } from '../describe-error.js'
import type { WebhookEvent } from '../protocol/webhook-events.js'

/** An event that is handled, or was. */
export interface Job {
  readonly status: 'started' | 'finished' | 'failed'
  /** What the first handler that failed threw. */
  readonly error?: unknown
  readonly created: Date
  readonly finished?: Date
}

/** What a handler of events may use. */
export interface WebhookContext {
  readonly logger: Logger
  /** The id that the asker was given for this event; `/job_status` answers for it. */
  readonly job: string
}

/** Takes an event of Label Studio, after it was answered: take the time it needs. */
export type OnWebhook = (event: WebhookEvent, context: WebhookContext) => MaybePromise<void>

/** Events being handled, by job id. */
export interface TrainingJobs {
  /**
   * Hands an event to the handlers, and says at once under which id it runs.
   *
   * @param keep is given the work that outlives the request
   * @param logger of the request
   */
  start(event: WebhookEvent, keep: (work: Promise<void>) => void, logger: Logger): string
  /** Undefined for jobs that were never there or are forgotten. */
  find(job: string): Job | undefined
}

/** Jobs that ended, of which the oldest make room for new ones. */
const ENDED = 1000

/** @param handlers each is told of every event, and harms no other by failing */
export function createTrainingJobs(handlers: readonly OnWebhook[]): TrainingJobs {
  const running = new Map<string, Job>()
  const ended = new LRUCache<string, Job>({ max: ENDED })

  async function run(event: WebhookEvent, job: string, created: Date, logger: Logger): Promise<void> {
    const settled = await Promise.allSettled(handlers.map(async (handle) => handle(event, { logger, job })))
    const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    const times = { created, finished: new Date() }
    running.delete(job)
    ended.set(
      job,
      failures.length === 0 ? { status: 'finished', ...times } : { status: 'failed', error: failures[0], ...times },
    )
    for (const error of failures) {
      logger.error({ action: event.action, job, err: describeError(error) }, 'webhook handler failed')
    }
  }

  return {
    start(event, keep, logger) {
      const job = crypto.randomUUID()
      const created = new Date()
      running.set(job, { status: 'started', created })
      keep(run(event, job, created, logger))
      return job
    },
    find: (job) => running.get(job) ?? ended.get(job),
  }
}
