import type { FitAnnotation } from '../../adapters/adapter.js'
import type { Task } from '../../results/task.js'
import type { WebhookEvent } from '../protocol/webhook-events.js'

/** The annotations that an event brings, each with its task. */
export function annotationsOf(event: WebhookEvent): readonly FitAnnotation[] {
  switch (event.action) {
    case 'ANNOTATION_CREATED':
    case 'ANNOTATION_UPDATED':
      return [toAnnotation(event.annotation, event.task)]
    case 'ANNOTATIONS_CREATED':
      return event.annotation.map((annotation, index) =>
        toAnnotation(annotation, event.task.find(({ id }) => id === annotation.task) ?? event.task[index]),
      )
    default:
      return []
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
