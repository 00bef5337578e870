/**
 * The adapter contract. An adapter wraps a model: it takes what a task shows and says what it found, in the neutral
 * form of `results/findings`. It never sees a control tag's name, an offset or a brush byte; batching, deadlines,
 * media, label mapping, rendering and the protocol are the backend's.
 */

import type { ControlTag, LabelingConfig } from '../config/labeling-config.js'
import type { PromptKind } from '../results/read/prompt.js'
import type { AdapterBatch, AdapterPlan, BatchState, ItemsContext } from './contract/bulk-run.js'
import type { Fills, InputFor } from './contract/fills.js'
import type { FitContext, FitEvent } from './contract/fit.js'
import type { Item } from './contract/item.js'
import type { MaybePromise } from './contract/maybe-promise.js'
import type { ModelInfo } from './contract/model-info.js'
import type { Outcome, PredictContext, PrepareContext } from './contract/predict.js'
import type { AdapterUsage } from './contract/usage.js'

export type * from './contract/bulk-run.js'
export type * from './contract/fills.js'
export type * from './contract/fit.js'
export type * from './contract/item.js'
export type * from './contract/logger.js'
export type * from './contract/maybe-promise.js'
export type * from './contract/model-info.js'
export type * from './contract/predict.js'
export type * from './contract/usage.js'

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
  /**
   * What of the task its answers depend on, besides what is drawn and remembered: `data` and `meta`, or the whole `task`
   * with its id, annotations and predictions. Tasks that have the same of it, in one project, are answered alike from a
   * cache.
   * @default 'data'
   */
  readonly reads?: 'data' | 'task'
  /** Only these controls, by name; without it all that `fills` allows. */
  readonly controls?: readonly string[] | undefined
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
  /** Its findings may have `answers`: then it fills per-region controls too, where it finds regions. */
  readonly answersRegions?: boolean
  /** Model class → label, before every other rule of the label map. */
  readonly labelMap?: Readonly<Record<string, string | null>> | undefined
  /** Class names that other options of it speak of, by option: those that its models do not have are told in the binding report. */
  readonly classOptions?: Readonly<Record<string, readonly string[]>>
  /** Most items one `predict` call may get. @default 8 */
  readonly batchSize?: number
  /**
   * Object tags whose items get a `predict` call each, such as `['Video']`: for what takes so long that no item is to wait
   * for another, and none to be given up because of another.
   */
  readonly alone?: readonly string[]
  /** How many `predict` calls may run at the same time; as many again for items that go `alone`. @default 1 */
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
   * Learns from what happens in a project; events of a project come one after the other. What it throws leaves what is
   * remembered as it is; extra params then come again with the next `/setup`.
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
  /**
   * What is only known once it is loaded, a line for each model: where it runs, which places refused it, which model could
   * not be loaded, and why. Told at start, by `/ready` and in the binding report.
   */
  status?(model: M): readonly string[]
  /** What was asked and paid since the process started: read for metrics. */
  usage?(): AdapterUsage
  /** Frees what `load` made. */
  dispose?(model: M): MaybePromise<void>
}
