/**
 * The adapter contract. An adapter wraps a model: it takes what a task shows and says what it found, in the neutral
 * form of `results/findings`. It never sees a control tag's name, an offset or a brush byte; batching, deadlines,
 * media, label mapping, rendering and the protocol are the backend's.
 */

import type { ControlTag, LabelingConfig, ObjectTag } from '../config/labeling-config.js'
import type { DataInput, DialogueInput, FileInput, ImageInput, Input, TextInput } from '../media/inputs.js'
import type { Finding, FindingKind } from '../results/findings.js'
import type { Prompt, PromptKind } from '../results/read/prompt.js'
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
  /** What the annotator has just drawn, in interactive pre-annotation. */
  readonly context?: InteractiveContext
  /** Id of the Label Studio project that asks; absent where nobody said. */
  readonly project?: string
  /** What `fit` had remembered of that project. */
  readonly remembered?: unknown
}

/** An object tag of the task and what it shows. */
export interface ItemInput<I extends Input = Input> {
  readonly object: ObjectTag
  readonly input: I
}

/** What the annotator has just drawn with a smart tool, all that is still pending of it. */
export interface DrawnResults {
  /** As Label Studio sent them. */
  readonly results: readonly Readonly<Record<string, unknown>>[]
}

/** The same for the adapter: as it came, and read. */
export interface InteractiveContext extends DrawnResults {
  /** What they draw on the objects of this item: of the kinds in the adapter's `prompts`, or of every kind without them. */
  readonly prompts: readonly Prompt[]
}

/** What an item is prepared for. */
export interface PrepareContext<M> extends PredictContext<M> {
  /** Somebody has just opened the task; false for one of the next of a list. */
  readonly opened: boolean
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

/** What `plan` and `runBatch` may use besides their items. */
export interface ItemsContext {
  readonly signal: AbortSignal
  readonly logger: Logger
}

/** What a run would ask and cost. */
export interface AdapterPlan {
  /** For people: what one item is asked, word for word, and the estimate for all. */
  readonly text: string
}

/** Plain JSON by which a bulk run goes on after a crash. */
export interface BatchState {
  /** What was written last; undefined at the beginning. */
  read(): MaybePromise<unknown>
  write(state: unknown): MaybePromise<void>
}

/** What a bulk run did. */
export interface AdapterBatch {
  /** For people, one line. */
  readonly text: string
}

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
  /** What it had remembered of the project before. */
  readonly remembered: unknown
  readonly logger: Logger
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
  /**
   * Kinds of drawn regions that it answers in interactive pre-annotation. An adapter that declares some is asked when one of
   * them was drawn, with `controls` narrowed to the one that its answer goes on. One that declares none is asked only when
   * no other takes what was drawn, and reads `context.results` itself.
   */
  readonly prompts?: readonly PromptKind[]
  /**
   * What it is asked for: whole tasks, what was drawn, or both. It competes for a control only with adapters that are
   * asked for the same.
   * @default 'both'
   */
  readonly answers?: 'tasks' | 'prompts' | 'both'
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
  /** What `predict` of these items would ask and cost. Sends nothing. */
  plan?(items: AsyncIterable<Item<InputFor<F>>>, context: ItemsContext): MaybePromise<AdapterPlan>
  /**
   * Gets ready what `predict` of these items will need, by a way that is slow and cheap, such as the batch API of a
   * provider; `predict` follows. It keeps in `state` what it needs to go on after a crash.
   */
  runBatch?(
    items: AsyncIterable<Item<InputFor<F>>>,
    context: ItemsContext & { readonly state: BatchState },
  ): MaybePromise<AdapterBatch>
  /**
   * Learns from what happens in a project, after the event was answered; events of a project come one after the other.
   *
   * @returns what to remember of the project, as plain JSON: `Item.remembered` from then on, and part of the project's
   * model version, so that its tasks are predicted again when it changes. Undefined leaves it as it is, null forgets.
   */
  fit?(event: FitEvent, context: FitContext): MaybePromise<unknown>
  /**
   * Makes coming prompts on these items fast: computes ahead what does not depend on them. Asked in the background of an
   * adapter that declares `prompts`, when a task is opened and for the first `preparesAhead` tasks of a list.
   */
  prepare?(items: readonly Item<InputFor<F>>[], context: PrepareContext<M>): MaybePromise<void>
  /** How many tasks of a list are prepared. @default 0 */
  readonly preparesAhead?: number
  /** What was asked and paid since the process started: read for metrics. */
  usage?(): AdapterUsage
  /** Frees what `load` made. */
  dispose?(model: M): MaybePromise<void>
}
