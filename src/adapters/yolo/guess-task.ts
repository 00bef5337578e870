import type { ParsedYoloOptions, YoloTask } from './options.js'
import { type Shapes, unknownModel } from './unknown-model.js'

/** Columns of the rows in which the boxes of a whole batch are one list. */
const BATCH_ROW = 7

/** The task as the outputs look, where nobody names it. */
export function guessTask(
  shapes: Shapes,
  { head }: Pick<ParsedYoloOptions, 'head'>,
  classes: number | undefined,
): YoloTask {
  if (head === 'batch-rows') return 'detect'
  const ranks = shapes.outputs.map(({ shape }) => shape.length)
  if (ranks.length === 1 && ranks[0] === 2) return guessOfTable(shapes, classes)
  return ranks.length === 2 && ranks.includes(3) && ranks.includes(4) ? 'segment' : 'detect'
}

/** A classifier has a row for each picture, a list of boxes any number of them. */
function guessOfTable(shapes: Shapes, classes: number | undefined): YoloTask {
  const [batch] = shapes.inputs[0]?.shape ?? []
  const [rows, columns] = shapes.outputs[0]?.shape ?? []
  if (rows !== undefined && rows === batch) return 'classify'
  if (rows === undefined && columns === BATCH_ROW && (batch !== undefined || classes !== BATCH_ROW)) return 'detect'
  if (rows === undefined && columns === classes && columns !== BATCH_ROW) return 'classify'
  throw unknownModel('its rows may be the classes of pictures, or boxes, and nothing tells which', shapes)
}

/** Whether the boxes of a whole batch are one list, as YOLOv7 exports them with suppression in the graph. */
export function hasBatchRows({ outputs }: Shapes, { head }: Pick<ParsedYoloOptions, 'head'>): boolean {
  const shape = outputs.length === 1 ? outputs[0]?.shape : undefined
  return (head === undefined || head === 'batch-rows') && shape?.length === 2 && shape[1] === BATCH_ROW
}
