import { PrelabelError } from '../../errors.js'
import { json } from '../http/answers.js'
import { checkBody } from '../protocol/check-body.js'
import { jobStatusSchema, trainSchema } from '../protocol/requests.js'
import type { Route } from './route.js'

/** `/train`, which Label Studio calls when its webhooks are switched off by a flag: the same as a START_TRAINING event. */
export const train: Route = {
  method: 'POST',
  async answer({ core, readBody }) {
    const { project = '', label_config } = checkBody(trainSchema, await readBody())
    const id = Number.parseInt(project, 10)
    const job = core.jobs.start({
      action: 'START_TRAINING',
      project: { id: Number.isNaN(id) ? 0 : id, ...(typeof label_config === 'string' ? { label_config } : {}) },
    })
    return json({ job }, 201)
  },
}

/** `/job_status`; 410 tells Label Studio that the job is gone. */
export const jobStatus: Route = {
  method: 'POST',
  async answer({ core, readBody }) {
    const { job } = checkBody(jobStatusSchema, await readBody())
    const status = core.jobs.statusOf(job)
    if (status === undefined) throw jobGone()
    return json({ job_status: status, error: '', log: '', created_at: null, finished_at: null })
  },
}

function jobGone(): PrelabelError {
  return new PrelabelError('there is no such job', {
    code: 'job-gone',
    status: 410,
    hint: 'Jobs are kept in memory: they are gone after a restart, and the oldest ones make room for new ones.',
  })
}
