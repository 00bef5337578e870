/** What Label Studio posts to `/webhook`, by `action`. */

import { z } from 'zod'
import { checkBody } from './check-body.js'

const id = z.int()
const record = z.record(z.string(), z.unknown())
const withId = z.looseObject({ id })
const project = z.looseObject({ id, label_config: z.string().optional() })
const annotation = z.looseObject({
  id,
  result: z.array(record),
  was_cancelled: z.boolean().optional(),
  task: id.optional().catch(undefined),
})
const task = z.looseObject({ id, data: record })

const annotationEvent = { project, annotation, task }
const eventSchema = z.discriminatedUnion('action', [
  z.looseObject({ action: z.literal('ANNOTATION_CREATED'), ...annotationEvent }),
  z.looseObject({ action: z.literal('ANNOTATION_UPDATED'), ...annotationEvent }),
  z.looseObject({
    action: z.literal('ANNOTATIONS_CREATED'),
    project,
    /** A list, in spite of the name. */
    annotation: z.array(annotation),
    task: z.array(task),
  }),
  z.looseObject({ action: z.literal('ANNOTATIONS_DELETED'), project, annotations: z.array(withId) }),
  z.looseObject({ action: z.literal('TASKS_CREATED'), project, tasks: z.array(task) }),
  z.looseObject({ action: z.literal('TASKS_DELETED'), project, tasks: z.array(withId) }),
  z.looseObject({ action: z.literal('PROJECT_UPDATED'), project }),
  z.looseObject({ action: z.literal('START_TRAINING'), project }),
])

/**
 * An event of a project. Skipped annotations come as ANNOTATION_CREATED with `was_cancelled: true`; drafts bring no
 * event. `project.label_config_hash` is beyond what a JavaScript number holds: it is rounded, so never compare it.
 */
export type WebhookEvent = z.infer<typeof eventSchema>

export type WebhookAction = WebhookEvent['action']

const KNOWN: ReadonlySet<string> = new Set(eventSchema.options.map(({ shape }) => shape.action.value))

/** The event in a webhook's body; undefined for actions that are none of a project's (organisation, labels). */
export function readWebhookEvent(body: unknown): WebhookEvent | undefined {
  const { action } = checkBody(z.looseObject({ action: z.string() }), body)
  return KNOWN.has(action) ? checkBody(eventSchema, body) : undefined
}
