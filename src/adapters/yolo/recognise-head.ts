import type { Size } from '../../inference/pictures/letterbox.js'
import type { ModelCard } from './model-card.js'
import type { YoloHead } from './options.js'

/** What is known of the output that holds the boxes. */
export interface BoxesOutput {
  /** Of a file's declaration any side may be open; of a run none is. */
  readonly shape: readonly (number | undefined)[]
  readonly size: Size
  readonly extra: number
  readonly card: ModelCard
  /** The head the user named. */
  readonly head: YoloHead | undefined
  /** The number of class names, when there are any. */
  readonly classes: number | undefined
}

export interface RecognisedHead {
  readonly head: YoloHead
  readonly channelsFirst: boolean
  /** Undefined when the rows carry a class index and so do not tell. */
  readonly classes: number | undefined
}

/** Strides of the levels: P3 to P5, P3 to P6, P2 to P5. */
const LEVELS = [
  [8, 16, 32],
  [8, 16, 32, 64],
  [4, 8, 16, 32],
]
const ANCHORS_PER_PLACE = 3
/** Final boxes and queries come in hundreds, places in thousands. */
const MOST_FINAL_ROWS = 1000

/** Box and score (and class): columns before the classes of each head. */
const BOX = 4
const BOX_AND_OBJECTNESS = 5
const BOX_SCORE_AND_CLASS = 6

/**
 * Tells the heads apart, by metadata first, then by how many columns and rows there are: channels first is the Ultralytics
 * layout without objectness; three rows a place is anchors with objectness, one row a place YOLOX; a few hundred rows of
 * six are final boxes. Where no head has so many columns for the names there are, the names do not count.
 */
export function recogniseHead(output: BoxesOutput): RecognisedHead | undefined {
  const found = headOf(output)
  if (found !== undefined || output.head !== undefined || isOpen(output.shape)) return found
  return headOf({ ...output, classes: undefined })
}

/** Whether rows or columns are not told; the batch does not matter. */
export function isOpen([, middle, last]: BoxesOutput['shape']): boolean {
  return middle === undefined || last === undefined
}

function headOf(output: BoxesOutput): RecognisedHead | undefined {
  const { shape, extra, card, head, classes } = output
  const [, middle, last] = shape
  if (head !== undefined) return named(output, head)
  if (card.query) return query(output)
  if (card.final && last === BOX_SCORE_AND_CLASS + extra) return final('end-to-end', classes)
  if (classes !== undefined && middle === BOX + classes + extra)
    return { head: 'anchor-free', channelsFirst: true, classes }
  const places = rowsOf(output)
  if (last === undefined) return channelsFirst(middle, extra)
  if (places === 'anchors')
    return { head: 'objectness', channelsFirst: false, classes: last - BOX_AND_OBJECTNESS - extra }
  if (places === 'places' && classes !== undefined && last === BOX + classes + extra)
    return { head: 'anchor-free', channelsFirst: false, classes }
  if (places === 'places') return { head: 'yolox', channelsFirst: false, classes: last - BOX_AND_OBJECTNESS - extra }
  if (last === BOX_SCORE_AND_CLASS + extra && middle !== undefined && middle <= MOST_FINAL_ROWS)
    return final('end-to-end', classes)
  if (classes !== undefined && last === BOX_AND_OBJECTNESS + classes + extra)
    return { head: 'objectness', channelsFirst: false, classes }
  return classes === undefined ? channelsFirst(middle, extra, last) : undefined
}

function named({ shape, extra, classes }: BoxesOutput, head: YoloHead): RecognisedHead | undefined {
  const [, middle, last] = shape
  if (head === 'batch-rows') return undefined
  if (head === 'end-to-end' || head === 'query-final')
    return last === BOX_SCORE_AND_CLASS + extra ? final(head, classes) : undefined
  const columns = (head === 'objectness' || head === 'yolox' ? BOX_AND_OBJECTNESS : BOX) + extra
  const fits = [middle, last].map((side) => classes !== undefined && side === columns + classes)
  // By the names, where they fit one side alone; else there are fewer channels than rows.
  const first = fits[0] === fits[1] ? last === undefined || (middle ?? last) < last : fits[0] === true
  const channels = first ? middle : last
  if (channels === undefined || channels <= columns) return undefined
  return { head, channelsFirst: first, classes: channels - columns }
}

/** Newer exports of RT-DETR have final rows, older ones a score for each class; with two classes both have six columns. */
function query({ shape: [, , last], card, classes }: BoxesOutput): RecognisedHead | undefined {
  if (last === undefined) return undefined
  const sixAreFinal = classes !== BOX_SCORE_AND_CLASS - BOX || card.head !== undefined
  if (last === BOX_SCORE_AND_CLASS && sixAreFinal) return final('query-final', classes)
  return { head: 'query', channelsFirst: false, classes: last - BOX }
}

function final(head: YoloHead, classes: number | undefined): RecognisedHead {
  return { head, channelsFirst: false, classes }
}

/** Fewer channels than places, and the number of classes follows. */
function channelsFirst(middle: number | undefined, extra: number, last?: number): RecognisedHead | undefined {
  if (middle === undefined || middle <= BOX + extra || (last !== undefined && middle >= last)) return undefined
  return { head: 'anchor-free', channelsFirst: true, classes: middle - BOX - extra }
}

/** Whether the rows are the places of a feature pyramid over the input, or three anchors in each. */
function rowsOf({ shape, size }: BoxesOutput): 'places' | 'anchors' | undefined {
  const counts = LEVELS.map((strides) =>
    strides.reduce((sum, stride) => sum + Math.ceil(size.width / stride) * Math.ceil(size.height / stride), 0),
  )
  if (counts.some((places) => places === shape[1])) return 'places'
  return counts.some((places) => places * ANCHORS_PER_PLACE === shape[1]) ? 'anchors' : undefined
}
