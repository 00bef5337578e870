import type { ControlTag } from '../../config/labeling-config.js'
import type { Task } from '../../results/task.js'
import type { Logger } from './logger.js'

/** Something that happened in a Label Studio project of which the adapter fills controls. */
export interface FitEvent {
  /** As Label Studio names it: `ANNOTATION_CREATED`, …, `START_TRAINING`; `SETUP` when the connection's extra params are new. */
  readonly action: string
  /** Id of the project. */
  readonly project: string
  /** The controls that the adapter fills there. */
  readonly controls: readonly ControlTag[]
  /** The annotations that the event brings. */
  readonly annotations: readonly FitAnnotation[]
  /** Ids of the annotations that were deleted, of which the event brings nothing else: with `ANNOTATIONS_DELETED`. */
  readonly deletedAnnotations?: readonly number[]
  /** Ids of the tasks that were deleted, whose annotations went with them without an event: with `TASKS_DELETED`. */
  readonly deletedTasks?: readonly number[]
  /** Extra params of the model's connection, as typed into Label Studio: with `SETUP`. */
  readonly extraParams?: unknown
}

/** An annotation, with its task where the event brings that too. */
export interface FitAnnotation {
  readonly id: number
  readonly results: readonly Readonly<Record<string, unknown>>[]
  /** It was skipped. */
  readonly cancelled: boolean
  readonly task?: Task
}

/** What `fit` may use besides the event. */
export interface FitContext {
  /** What it had remembered of the project before: a copy, which may be changed and returned. */
  readonly remembered: unknown
  readonly logger: Logger
}
