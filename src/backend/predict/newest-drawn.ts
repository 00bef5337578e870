import type { Found, TaskRequest } from './run-bindings.js'
import { createInteractiveRequests } from './superseded.js'
import type { TaskAnswer } from './task-answer.js'

/** Answers what was drawn; undefined when something newer is drawn meanwhile, and this answer would be thrown away. */
export type AnswerNewest = (
  request: TaskRequest,
  predict: (request: TaskRequest) => Promise<TaskAnswer>,
) => Promise<TaskAnswer | undefined>

export function createAnswerNewest(): AnswerNewest {
  const requests = createInteractiveRequests()
  return async (request, predict) => {
    const { task, logger } = request
    const waiting = requests.enter(placeOf(request), idsOf(request), request.signal)
    try {
      const answer = await predict({ ...request, signal: waiting.signal })
      if (!waiting.superseded) return answer
      logger.debug({ task: task.id }, 'not answered, since something newer was drawn')
      return undefined
    } finally {
      waiting.leave()
    }
  }
}

function placeOf({ project, task, context }: TaskRequest): string {
  const drawnOn = new Set(context?.results.map(({ to_name, item_index = 0 }) => `${to_name} ${item_index}`))
  return JSON.stringify([project.modelVersion, task.id ?? task.data, ...drawnOn])
}

function idsOf({ context }: TaskRequest): readonly string[] {
  return (context?.results ?? []).flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
}

/**
 * Says in the log what was drawn and not understood, or that nobody was asked.
 *
 * @param asked how many adapters were asked
 */
export function logDrawn({ task, context, logger }: TaskRequest, found: readonly Found[], asked: number): void {
  const unread = found.flatMap(({ unread: issues = [] }) => issues)
  if (unread.length > 0) logger.warn({ task: task.id, issues: unread.slice(0, 10) }, 'drawn and not understood')
  else if (asked === 0 && context !== undefined) {
    const drawn = context.results.map(({ type, from_name, to_name }) => ({ type, from_name, to_name }))
    const why = drawn.length === 0 ? 'nothing was drawn' : 'no adapter takes what was drawn'
    logger.info({ task: task.id, drawn: drawn.slice(0, 10) }, why)
  }
}
