import type { FindingKind } from '../../results/findings.js'

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
  /** What its user should know, a line each: options that this model does not heed. */
  readonly notes?: readonly string[]
}
