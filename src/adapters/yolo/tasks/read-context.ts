import type { Candidate } from '../../detection/candidate.js'
import { floats, type Grid, gridOf } from '../../detection/grid.js'
import type { PictureOutput } from '../../detection/picture-model.js'
import { best, type SuppressOptions, suppress } from '../../detection/suppress.js'
import { rowsOfPicture } from '../heads/batch-rows.js'
import { isFinal, isQuery } from '../heads/head-forms.js'
import { readCandidates } from '../heads/read-candidates.js'
import type { YoloLayout } from '../recognise.js'

/** What a task needs to read one picture's answer. */
export interface ReadContext {
  readonly layout: YoloLayout
  readonly output: PictureOutput
  /** A score for each class; findings at or below are dropped. */
  readonly floors: Float32Array
  readonly suppression: SuppressOptions & { readonly multiLabel: boolean }
}

/** The grid of the output that holds the boxes. */
export function boxesGrid({ layout: { head, boxes }, output }: ReadContext): Grid {
  const tensor = outputNamed(output, boxes.name)
  if (head === 'batch-rows') return rowsOfPicture(floats(boxes.name, tensor), output.index)
  return gridOf(floats(boxes.name, tensor), tensor.dims, output.index, boxes.channelsFirst)
}

export function outputNamed({ outputs }: PictureOutput, name: string) {
  const tensor = outputs[name]
  if (tensor === undefined) throw new Error(`The model gave no output ${name}`)
  return tensor
}

/** A candidate that was kept, with its class by name. */
export interface Selected {
  readonly candidate: Candidate
  readonly label: string
  readonly score: number
}

/** The candidates that are left after suppression, best first. Final boxes and queries need none. */
export function selectCandidates(context: ReadContext): Selected[] {
  const { layout, floors, suppression } = context
  const candidates = readCandidates(boxesGrid(context), layout, floors, suppression.multiLabel)
  const kept =
    isFinal(layout.head) || isQuery(layout.head)
      ? best(candidates).slice(0, suppression.maxDetections)
      : suppress(candidates, suppression)
  return kept.map((candidate) => ({
    candidate,
    label: layout.names[candidate.classIndex] ?? '',
    score: Math.min(candidate.score, 1),
  }))
}
