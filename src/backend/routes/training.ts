import { PrelabelError } from '../../errors.js'
import { json, publicError } from '../http/answers.js'
import { checkBody } from '../protocol/check-body.js'
import { jobStatusSchema, trainSchema } from '../protocol/requests.js'
import type { Route } from './route.js'

/** `/train`, which Label Studio calls when its webhooks are switched off by a flag: the same as a START_TRAINING event. */
export const train: Route = {
  method: 'POST',
  async answer({ core, logger, keep, readBody }) {
    const { project = '', label_config } = checkBody(trainSchema, await readBody())
    const id = Number.parseInt(project, 10)
    const config = typeof label_config === 'string' ? { label_config } : {}
    const event = { action: 'START_TRAINING', project: { id: Number.isNaN(id) ? 0 : id, ...config } } as const
    const job = core.jobs.start(event, keep, logger)
    return json({ job }, 201)
  },
}

/** `/job_status`, with the fields of Label Studio's own backends; 410 tells it that the job is gone. */
export const jobStatus: Route = {
  method: 'POST',
  async answer({ core, readBody }) {
    const { job: id } = checkBody(jobStatusSchema, await readBody())
    const job = core.jobs.find(id)
    if (job === undefined) throw jobGone()
    const { status, error, created, finished } = job
    return json({
      job_status: status,
      error: error === undefined ? '' : publicError(error).message,
      log: '',
      created_at: created.toISOString(),
      finished_at: finished?.toISOString() ?? null,
    })
  },
}

function jobGone(): PrelabelError {
  return new PrelabelError('there is no such job', {
    code: 'job-gone',
    status: 410,
    hint: 'Jobs are kept in memory: they are gone after a restart, and the oldest that ended make room for new ones.',
  })
}
