/** What Label Studio posts to `/webhook`, by `action`. */

import { z } from 'zod'
import { checkBody } from './check-body.js'

const id = z.int()
const record = z.record(z.string(), z.unknown())
const withId = z.looseObject({ id })
const project = z.looseObject({ id, label_config: absent(z.string()) })
const annotation = z.looseObject({
  id,
  /** Null where an annotation or a skip was made over the API without one. What is no object in it is left out. */
  result: z
    .array(z.unknown())
    .nullish()
    .transform((list) => (list ?? []).flatMap(asRecord)),
  was_cancelled: absent(z.boolean()),
  task: absent(id),
})
const task = z.looseObject({ id, data: record })

function asRecord(value: unknown): readonly z.infer<typeof record>[] {
  const read = record.safeParse(value)
  return read.success ? [read.data] : []
}

/** A field that Label Studio's model lets be null, which says no more than its absence. */
function absent<T extends z.ZodType>(field: T) {
  return field
    .nullish()
    .transform((value) => value ?? undefined)
    .optional()
}

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

/**
 * The event in a webhook's body; undefined for actions that are none of a project's (organisation, labels), and for those
 * that come without what they are about, since the webhook is set to send no payload.
 */
export function readWebhookEvent(body: unknown): WebhookEvent | undefined {
  const { action, project: about } = checkBody(z.looseObject({ action: z.string() }), body)
  return KNOWN.has(action) && about !== undefined ? checkBody(eventSchema, body) : undefined
}
