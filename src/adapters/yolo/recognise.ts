import { checkNames, classNames } from './class-names.js'
import { guessTask, hasBatchRows } from './guess-task.js'
import { type Keypoints, keypointsOf } from './keypoints.js'
import type { ModelCard } from './model-card.js'
import type { ParsedYoloOptions, YoloHead, YoloTask } from './options.js'
import { recogniseInput, type YoloInput } from './recognise-input.js'
import { recogniseOutputs, type YoloOutputs } from './recognise-outputs.js'
import { type Shapes, unknownModel, unservedModel } from './unknown-model.js'

/** What a model is for, and how pictures go into it. */
interface YoloFacts extends YoloInput {
  readonly task: YoloTask
  readonly names: readonly string[]
  readonly keypoints?: Keypoints
}

/** What is known of a model without running it. */
export interface YoloFile extends YoloFacts {
  /** Undefined where only a run tells. */
  readonly head: YoloHead | undefined
  readonly card: ModelCard
}

/** Everything needed to put a picture before a model and to read its answer. */
export interface YoloLayout extends YoloFacts, YoloOutputs {}

/**
 * Finds out from a file's metadata and declared shapes, and from options, what model it is. Where it leaves the shapes of
 * its outputs open, {@link recogniseRun} knows the rest.
 *
 * @throws PrelabelError `yolo-unknown-model`, `yolo-unserved-model`, `yolo-image-size`, `yolo-class-names-missing`, `yolo-class-count`,
 *   `yolo-keypoints-missing`
 */
export function recogniseFile(shapes: Shapes, card: ModelCard, options: ParsedYoloOptions): YoloFile {
  if (options.task === undefined && card.unservedTask !== undefined)
    throw unservedModel(`its task is ${card.unservedTask}`)
  const input = recogniseInput(shapes, card, options)
  const named = classNames(options, card)
  const task = options.task ?? card.task ?? guessTask(shapes, options, named?.length)
  const head = task === 'detect' && hasBatchRows(shapes, options) ? 'batch-rows' : options.head
  const keypoints = task === 'pose' ? { keypoints: keypointsOf(card, options) } : {}
  const found = recogniseOutputs(shapes, { ...input, ...keypoints, task, card, head, classes: named?.length })
  const names = checkNames(named, found?.classes)
  return { ...input, ...keypoints, task, names, card, head: found?.head ?? head ?? headOfCard(card) }
}

/** @param shapes of the outputs of a run, in which no side is open */
export function recogniseRun(file: YoloFile, shapes: Shapes, options: Pick<ParsedYoloOptions, 'head'>): YoloLayout {
  const { card, head: told, ...facts } = file
  const head = told === 'batch-rows' ? told : options.head
  const found = recogniseOutputs(shapes, { ...facts, card, head, classes: facts.names.length })
  if (found === undefined) throw unknownModel('its outputs have no shapes', shapes)
  const { classes, ...outputs } = found
  checkNames(facts.names, classes)
  return { ...facts, ...outputs }
}

/** The head of an Ultralytics export that leaves its shapes open. */
function headOfCard({ task, query, final }: ModelCard): YoloHead | undefined {
  if (query || task === undefined) return undefined
  return final ? 'end-to-end' : 'anchor-free'
}
