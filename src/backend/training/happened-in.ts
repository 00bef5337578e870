import type { FitAnnotation, FitEvent } from '../../adapters/adapter.js'
import type { Task } from '../../results/task.js'
import type { WebhookEvent } from '../protocol/webhook-events.js'

/** What happened, whichever adapter learns from it. */
export type Happened = Omit<FitEvent, 'project' | 'controls'>

/** What an event brings: annotations, each with its task, and ids of what was deleted. */
export function happenedIn(event: WebhookEvent): Happened {
  const { action } = event
  switch (action) {
    case 'ANNOTATION_CREATED':
    case 'ANNOTATION_UPDATED':
      return { action, annotations: [toAnnotation(event.annotation, event.task)] }
    case 'ANNOTATIONS_CREATED': {
      const taskOf = (annotation: { task?: number | undefined }, index: number) =>
        event.task.find(({ id }) => id === annotation.task) ?? event.task[index]
      return { action, annotations: event.annotation.map((one, index) => toAnnotation(one, taskOf(one, index))) }
    }
    case 'ANNOTATIONS_DELETED':
      return { action, annotations: [], deletedAnnotations: event.annotations.map(({ id }) => id) }
    case 'TASKS_DELETED':
      return { action, annotations: [], deletedTasks: event.tasks.map(({ id }) => id) }
    default:
      return { action, annotations: [] }
  }
}

interface Annotated {
  readonly id: number
  readonly result: readonly Readonly<Record<string, unknown>>[]
  readonly was_cancelled?: boolean | undefined
}

function toAnnotation({ id, result, was_cancelled = false }: Annotated, task: Task | undefined): FitAnnotation {
  return {
    id,
    results: result,
    cancelled: was_cancelled,
    ...(task === undefined ? {} : { task: { id: task.id ?? 0, data: task.data } }),
  }
}
