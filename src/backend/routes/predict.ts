import type { Prediction } from '../../results/result.js'
import type { Deadline } from '../deadline.js'
import { json, publicError } from '../http/answers.js'
import type { Outgoing } from '../http/exchange.js'
import { finishLate } from '../predict/finish-late.js'
import { predictTasks, priorityOf } from '../predict/predict-tasks.js'
import type { TaskAnswer } from '../predict/task-answer.js'
import { checkBody } from '../protocol/check-body.js'
import { readContext } from '../protocol/read-context.js'
import { predictSchema } from '../protocol/requests.js'
import type { Call, Route } from './route.js'

const MOST_ERRORS = 20

/**
 * `/predict`: one entry a task, in order. Label Studio stores nothing for `[]` and asks again, which is what a failed
 * task needs; `{result: []}` says that nothing was found. In interactive requests the entry goes to the editor as it
 * is, so there it is always an object. `errors` is for people: Label Studio does not read it.
 */
export const predict: Route = {
  method: 'POST',
  async answer(call: Call) {
    const deadline = call.core.startDeadline(call.core.limits.deadlineMs)
    try {
      return await answerBy(deadline, call)
    } finally {
      deadline.stop()
    }
  },
}

async function answerBy(deadline: Deadline, { core, request, logger, keep, note, readBody }: Call): Promise<Outgoing> {
  const body = checkBody(predictSchema, await readBody())
  const { tasks } = body
  note({ tasks: tasks.length })
  const context = readContext(body.params?.context)
  if (context !== undefined && context.unread.length > 0)
    logger.warn({ paths: context.unread.slice(0, 10) }, 'drawn and not understood')
  const release = core.admission.admit(tasks.length, priorityOf(tasks, context))
  // Label Studio stores nothing of an interactive answer.
  const asking = context === undefined ? core.lateTasks.asking(tasks) : undefined
  let brought: readonly unknown[] = []
  let later = false
  try {
    const project = core.projects.open(body.label_config ?? undefined, body.project)
    const { answers, late, modelVersion } = await predictTasks(core.predictTask, {
      project,
      tasks,
      signal: request.signal,
      deadline,
      logger,
      metrics: core.metrics,
      ...(context === undefined ? {} : { context }),
    })
    if (!request.signal.aborted) brought = tasks.filter((_, index) => answers[index]?.prediction !== undefined)
    if (late.length > 0) {
      later = true
      logger.warn({ tasks: tasks.length, late: late.length }, 'deadline passed, the rest is finished in the background')
      const done = Promise.allSettled(late.map(({ work }) => work)).then(release)
      // What was drawn then is gone by the time an interactive answer is late: nobody wants it stored.
      keep(context === undefined ? finishLate(late, core.lateTasks, core.onLate, core.closing, logger) : done)
    }
    const results = answers.map((answer) => entryOf(answer, context !== undefined, modelVersion))
    const errors = errorsOf(answers)
    return json({ results, model_version: modelVersion, ...(errors.length === 0 ? {} : { errors }) })
  } finally {
    asking?.end(brought)
    if (!later) release()
  }
}

function entryOf(
  { prediction }: TaskAnswer,
  interactive: boolean,
  modelVersion: string | undefined,
): Prediction | readonly [] {
  if (prediction !== undefined) return prediction
  if (!interactive) return []
  return { result: [], ...(modelVersion === undefined ? {} : { model_version: modelVersion }) }
}

function errorsOf(answers: readonly TaskAnswer[]) {
  const errors = answers.flatMap(({ error }, index) => (error === undefined ? [] : [{ index, ...publicError(error) }]))
  return errors.slice(0, MOST_ERRORS)
}
