import type { ControlTag, ObjectTag } from '../../config/labeling-config.js'
import type { Input } from '../../media/inputs.js'
import type { Finding } from '../../results/findings.js'
import type { Prompt } from '../../results/read/prompt.js'
import type { Task } from '../../results/task.js'

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
  /**
   * Set where a region of the object is asked about, by an adapter such as `askRegions`: `input` is then what lies in the
   * region, and `controls` are per-region ones.
   */
  readonly region?: ItemRegion
}

/** A found thing that is asked about. */
export interface ItemRegion {
  /** Its label in the project; the class that the model said where a `<Labels>` beside the control names it. */
  readonly label: string
  readonly finding: Finding
  /** All of the object that it lies in. */
  readonly whole: Input
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
