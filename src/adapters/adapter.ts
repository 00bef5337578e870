/**
 * The adapter contract. An adapter wraps a model: it takes what a task shows and says what it found, in the neutral
 * form of `results/findings`. It never sees a control tag's name, an offset or a brush byte; batching, deadlines,
 * media, label mapping, rendering and the protocol are the backend's.
 */

import type { ControlTag, LabelingConfig, ObjectTag } from '../config/labeling-config.js'
import type { DataInput, DialogueInput, FileInput, ImageInput, Input, TextInput } from '../media/inputs.js'
import type { Finding, FindingKind } from '../results/findings.js'
import type { Task } from '../results/task.js'

/** Which control tags the adapter can fill, and on which object tags: `{ RectangleLabels: ['Image'] }`. */
export type Fills = Readonly<Record<string, readonly string[]>>

interface InputOfTag {
  Image: ImageInput
  Text: TextInput
  HyperText: TextInput
  Paragraphs: DialogueInput
  Audio: FileInput
  AudioPlus: FileInput
  Video: FileInput
}

/** The input that an adapter with these `fills` is given. */
export type InputFor<F extends Fills> = F[keyof F][number] extends infer Tag
  ? Tag extends keyof InputOfTag
    ? InputOfTag[Tag]
    : Tag extends string
      ? string extends Tag
        ? Input
        : DataInput
      : never
  : never

/** One thing to predict for: one object of one task (or the whole task, by `scope`), with the controls that the adapter is to fill. */
export interface Item<I extends Input = Input> {
  readonly task: Task
  readonly object: ObjectTag
  readonly controls: readonly ControlTag[]
  readonly input: I
  /** Every object that the controls are about, with its input: more than one only where the adapter's `scope` is `task`. */
  readonly inputs: readonly ItemInput<I>[]
  /** What the annotator has just drawn, in interactive pre-annotation; the results as Label Studio sent them. */
  readonly context?: InteractiveContext
}

/** An object tag of the task and what it shows. */
export interface ItemInput<I extends Input = Input> {
  readonly object: ObjectTag
  readonly input: I
}

/** Regions that the annotator has just drawn with a smart tool. */
export interface InteractiveContext {
  readonly results: readonly Readonly<Record<string, unknown>>[]
}

/** What is known of a model without running it. */
export interface ModelInfo {
  /** Class names the model may say. Absent when any text may come (an LLM, a zero-shot model). */
  readonly classes?: readonly string[]
  /** Kinds of findings it makes; narrows `fills` (a detector fills no `<Choices>`). */
  readonly kinds?: readonly FindingKind[]
  /** Identifies the weights: a hash of the files, or the name and revision of a hosted model. */
  readonly fingerprint?: string
  /** One line for reports: `yolov8 detect, 80 classes, 416×416, cpu`. */
  readonly summary?: string
}

/** What `predict` may use besides its items. */
export interface PredictContext<M> {
  readonly model: M
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  readonly logger: Logger
}

/** A pino-shaped logger. */
export interface Logger {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
}

/** What an adapter has asked of a paid model so far; numbers only grow. */
export interface AdapterUsage {
  /** Requests that were billed. */
  readonly requests?: number
  /** US dollars. */
  readonly cost?: number
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
}

/** What an adapter says of one item: findings (none is a fine answer), or why this item alone failed. */
export type Outcome = readonly Finding[] | Error

export type MaybePromise<T> = T | Promise<T>

/** An adapter as authors write it; `defineAdapter` checks it. */
export interface Adapter<M = unknown, F extends Fills = Fills> {
  /** Short kebab-case name: part of the model version. */
  readonly name: string
  /** Version of the adapter's own code: part of the model version. */
  readonly version: string
  readonly fills: F
  /**
   * What one item is: one object of a task, or the whole task with every object that the bound controls are about
   * (`object` and `input` are then the first of them, and each finding names its `control`).
   * @default 'object'
   */
  readonly scope?: 'object' | 'task'
  /** Only these controls, by name; without it all that `fills` allows. */
  readonly controls?: readonly string[]
  /** What it was made with, as plain JSON without secrets: part of the model version. */
  readonly options?: unknown
  /** Model class → label, before every other rule of the label map. */
  readonly labelMap?: Readonly<Record<string, string | null>>
  /** Most items one `predict` call may get. @default 8 */
  readonly batchSize?: number
  /** How many `predict` calls may run at the same time. @default 1 */
  readonly concurrency?: number
  /** Cheap facts of the model, read without loading it (well under a second): asked for at `/setup`. */
  inspect?(): MaybePromise<ModelInfo>
  /**
   * The same for the model of one control that `fills` allows, where attributes of the config choose it. A PrelabelError
   * refuses the control, and its message is the reason in the binding report.
   * @default what `inspect` says
   */
  inspectControl?(control: ControlTag, config: LabelingConfig): MaybePromise<ModelInfo>
  /** Makes the model; once per process, before the first `predict`. */
  load?(): MaybePromise<M>
  /**
   * One outcome for each item, in order. What it throws fails only the items of this call, after each was tried once
   * more alone.
   */
  predict(items: readonly Item<InputFor<F>>[], context: PredictContext<M>): MaybePromise<readonly Outcome[]>
  /** What was asked and paid since the process started: read for metrics. */
  usage?(): AdapterUsage
  /** Frees what `load` made. */
  dispose?(model: M): MaybePromise<void>
}
