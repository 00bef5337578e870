import { json } from '../http/answers.js'
import { readWebhookEvent } from '../protocol/webhook-events.js'
import type { Route } from './route.js'

/**
 * `/webhook`: takes an event and works on it after the answer, as Label Studio waits 1 s and does not look at it. The
 * train button comes here too, as START_TRAINING; there `job` is stored.
 */
export const webhook: Route = {
  method: 'POST',
  async answer({ core, logger, keep, authorize, readBody }) {
    const event = readWebhookEvent(await readBody())
    if (event === undefined) return json({ status: 'Unknown event' })
    if (event.action === 'START_TRAINING') authorize('train')
    logger.debug({ action: event.action, project: event.project.id }, 'webhook')
    const job = core.jobs.start(event, keep, logger)
    return json({ result: {}, status: 'ok', job }, 201)
  },
}
