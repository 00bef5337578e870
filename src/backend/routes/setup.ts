import { shuttingDown } from '../admission.js'
import { atMost } from '../at-most.js'
import { formatReport } from '../binding/format-report.js'
import { describeError } from '../describe-error.js'
import { json } from '../http/answers.js'
import type { Project } from '../projects.js'
import { checkBody } from '../protocol/check-body.js'
import { setupSchema } from '../protocol/requests.js'
import { inspectedWithin } from './inspected-within.js'
import type { Call, Route } from './route.js'

/**
 * `/setup`: binds the adapters to a project's config and answers with the model version. Label Studio calls it before
 * every list of predictions and waits 3 s, so no model is loaded here: that begins in the background.
 */
export const setup: Route = {
  method: 'POST',
  async answer(call: Call) {
    const { core, logger, keep, readBody } = call
    const { project: id, schema, extra_params } = checkBody(setupSchema, await readBody())
    if (core.admission.closed) throw shuttingDown()
    const started = performance.now()
    const { failure } = await inspectedWithin(core.limits.setupMs, core.projects.open(schema, id))
    if (id !== undefined) core.projects.remember(id, schema)
    if (failure !== undefined) throw failure
    if (id !== undefined)
      await learn(call, id, schema, extra_params, core.limits.setupMs - (performance.now() - started))
    const project = await core.projects.open(schema, id)
    if (project.bindings.length === 0) logger.warn({ report: formatReport(project.report) }, 'nothing is filled')
    else logger.debug({ report: formatReport(project.report) }, 'bound')
    keep(warm(call, project))
    return json({ model_version: project.modelVersion })
  },
}

/**
 * Lets adapters learn from the extra params for as long as Label Studio waits. They may need longer, or wait for a training:
 * an error would make Label Studio ask for no predictions meanwhile, and refuse the params where they are typed.
 */
async function learn({ core, logger, keep }: Call, id: string, schema: string, extraParams: unknown, ms: number) {
  const learning = core.fitAdapters.onSetup(schema, id, extraParams, logger)
  keep(learning)
  if (await atMost(ms, learning)) return
  logger.warn({ project: id }, 'extra params are still learnt from: answered with the model version of before')
}

async function warm({ logger }: Call, { bindings }: Project): Promise<void> {
  const runtimes = new Set(bindings.map(({ runtime }) => runtime))
  const settled = await Promise.allSettled([...runtimes].map((runtime) => runtime.warm()))
  for (const one of settled)
    if (one.status === 'rejected') logger.error({ err: describeError(one.reason) }, 'warm-up failed')
}
