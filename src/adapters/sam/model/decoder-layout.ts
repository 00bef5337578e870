import type { TensorInfo } from '../../../inference/session.js'

/** How a decoder takes prompts and gives masks. */
export interface DecoderLayout {
  /**
   * `transformers`: points `[1, prompts, points, 2]`, boxes beside them. `meta`: points `[1, points, 2]`, a box as two points
   * of labels 2 and 3.
   */
  readonly style: 'transformers' | 'meta'
  readonly points?: TensorInfo
  readonly labels?: TensorInfo
  readonly boxes?: TensorInfo
  /** A previous mask, and whether there is one. */
  readonly mask?: TensorInfo
  readonly hasMask?: TensorInfo
  /** Height and width to which the graph up-samples its masks. */
  readonly pictureSize?: TensorInfo
  /** What comes from the encoder. */
  readonly embeddings: readonly TensorInfo[]
  readonly scores: string
  readonly masks: string
  /** Whether `masks` have been up-sampled to `pictureSize` already. */
  readonly upsampled: boolean
}

type Part = 'points' | 'labels' | 'boxes' | 'mask' | 'hasMask' | 'pictureSize'

/** The names that exporters give: optimum, transformers.js, segment-anything, EdgeSAM, samexporter. */
const PARTS: Readonly<Record<string, Part>> = {
  input_points: 'points',
  point_coords: 'points',
  input_labels: 'labels',
  point_labels: 'labels',
  input_boxes: 'boxes',
  mask_input: 'mask',
  has_mask_input: 'hasMask',
  orig_im_size: 'pictureSize',
}
const SCORES = ['iou_predictions', 'iou_scores', 'iou_preds', 'scores']
const MASKS = ['low_res_masks', 'pred_masks', 'masks']

/** What a decoder's inputs and outputs say; undefined when this is no decoder that is known. */
export function readDecoderLayout(
  inputs: readonly TensorInfo[],
  outputs: readonly TensorInfo[],
): DecoderLayout | undefined {
  const parts: { [P in Part]?: TensorInfo } = {}
  const embeddings: TensorInfo[] = []
  for (const input of inputs) {
    const part = PARTS[input.name]
    if (part === undefined) embeddings.push(input)
    else parts[part] = input
  }
  const named = (names: readonly string[]) => names.find((name) => outputs.some((output) => output.name === name))
  const scores = named(SCORES)
  const masks = named(MASKS)
  if (scores === undefined || masks === undefined || embeddings.length === 0) return undefined
  if ((parts.points === undefined) !== (parts.labels === undefined)) return undefined
  if (parts.points === undefined && parts.boxes === undefined) return undefined
  // A mask that cannot be left out would have to be there always.
  if (parts.mask !== undefined && parts.hasMask === undefined) return undefined
  const style = parts.points?.name === 'point_coords' ? 'meta' : 'transformers'
  const upsampled = parts.pictureSize !== undefined && masks === 'masks'
  return { style, ...parts, embeddings, scores, masks, upsampled }
}
