import { checkConfig } from '../../config/index.js'
import { withModels } from '../binding/report.js'
import { json } from '../http/answers.js'
import { checkBody } from '../protocol/check-body.js'
import { deleteSchema, duplicateSchema, validateSchema } from '../protocol/requests.js'
import { inspectedWithin } from './inspected-within.js'
import type { Route } from './route.js'

/** `/versions`: the model versions of the projects at hand. Label Studio waits 3 s for them, as for `/setup`. */
export const versions: Route = {
  method: 'GET',
  answer: async ({ core }) => json({ versions: await inspectedWithin(core.limits.setupMs, core.projects.versions()) }),
}

/** `/validate`: what is wrong with a config, and which of its controls would be filled. */
export const validate: Route = {
  method: 'POST',
  async answer({ core, readBody }) {
    const { config: xml } = checkBody(validateSchema, await readBody())
    const { config, issues } = checkConfig(xml)
    if (config === undefined) return json({ status: 'failed', issues })
    const { report } = await inspectedWithin(core.limits.deadlineMs, core.projects.open(xml))
    return json({ status: 'ok', issues, ...withModels(report, core.runtimes) })
  },
}

/** `/delete`: forgets a project. */
export const remove: Route = {
  method: 'POST',
  async answer({ core, readBody }) {
    const { project } = checkBody(deleteSchema, await readBody())
    if (project !== undefined) {
      core.fitAdapters.onDelete(project)
      await core.projects.forget(project)
    }
    return json({ status: 'ok' })
  },
}

/** `/duplicate_model`: the copy of a project begins with what is known of the original. */
export const duplicate: Route = {
  method: 'POST',
  async answer({ core, readBody }) {
    const { project_src: from, project_dst: to } = checkBody(duplicateSchema, await readBody())
    if (from !== undefined && to !== undefined) await core.projects.copy(from, to)
    return json({ status: 'ok' })
  },
}
