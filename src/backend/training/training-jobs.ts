import { LRUCache } from 'lru-cache'
import type { Logger, MaybePromise } from '../../adapters/adapter.js'
import { describeError } from '../describe-error.js'
import type { WebhookEvent } from '../protocol/webhook-events.js'

export type JobStatus = 'started' | 'finished' | 'failed'

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
  /** Hands an event to the handlers, and says at once under which id it runs. */
  start(event: WebhookEvent): string
  /** Undefined for jobs that were never there or are forgotten. */
  statusOf(job: string): JobStatus | undefined
}

const REMEMBERED = 1000

/**
 * @param handlers each is told of every event, and harms no other by failing
 * @param keep is given the work that outlives the request
 */
export function createTrainingJobs(
  handlers: readonly OnWebhook[],
  logger: Logger,
  keep: (work: Promise<void>) => void,
): TrainingJobs {
  const statuses = new LRUCache<string, JobStatus>({ max: REMEMBERED })

  async function run(event: WebhookEvent, job: string): Promise<void> {
    const settled = await Promise.allSettled(handlers.map(async (handle) => handle(event, { logger, job })))
    const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    statuses.set(job, failures.length === 0 ? 'finished' : 'failed')
    for (const error of failures) {
      logger.error({ action: event.action, job, err: describeError(error) }, 'webhook handler failed')
    }
  }

  return {
    start(event) {
      const job = crypto.randomUUID()
      statuses.set(job, handlers.length === 0 ? 'finished' : 'started')
      if (handlers.length > 0) keep(run(event, job))
      return job
    },
    statusOf: (job) => statuses.get(job),
  }
}
