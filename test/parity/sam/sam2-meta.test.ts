/** SAM 2 as exporters in Meta's manner make it: the genuine model with other inputs and outputs. */

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { changeModel } from '../../adapters/sam/onnx-surgery.js'
import { compareAll, readReferences, summarise } from '../../adapters/sam/references.js'
import { hasZoo, zoo } from './zoo.js'

const folder = `${zoo}/sam2-hf`

/** The model adds a padding point of its own, so the one that these exports expect is cut off. */
function metaDecoder(): Uint8Array {
  return changeModel(readFileSync(`${folder}/onnx/prompt_encoder_mask_decoder.onnx`), {
    withoutInputs: ['input_points', 'input_labels', ...[0, 1, 2].map((i) => `image_embeddings.${i}`)],
    inputs: [
      { name: 'image_embed', type: 'float32', shape: [1, 64, 16, 16] },
      { name: 'high_res_feats_0', type: 'float32', shape: [1, 8, 64, 64] },
      { name: 'high_res_feats_1', type: 'float32', shape: [1, 16, 32, 32] },
      { name: 'point_coords', type: 'float32', shape: ['labels', 'points', 2] },
      { name: 'point_labels', type: 'float32', shape: ['labels', 'points'] },
      { name: 'mask_input', type: 'float32', shape: ['labels', 1, 64, 64] },
      { name: 'has_mask_input', type: 'float32', shape: ['labels'] },
    ],
    constants: [
      { name: 'zero', dims: [1], data: BigInt64Array.of(0n) },
      { name: 'one', dims: [1], data: BigInt64Array.of(1n) },
      { name: 'last', dims: [1], data: BigInt64Array.of(-1n) },
    ],
    before: [
      { op: 'Slice', inputs: ['point_coords', 'zero', 'last', 'one'], outputs: ['coords'] },
      { op: 'Unsqueeze', inputs: ['coords', 'zero'], outputs: ['input_points'] },
      { op: 'Slice', inputs: ['point_labels', 'zero', 'last', 'one'], outputs: ['labels'] },
      { op: 'Cast', inputs: ['labels'], outputs: ['whole_labels'], attributes: { to: 7 } },
      { op: 'Unsqueeze', inputs: ['whole_labels', 'zero'], outputs: ['input_labels'] },
      { op: 'Identity', inputs: ['high_res_feats_0'], outputs: ['image_embeddings.0'] },
      { op: 'Identity', inputs: ['high_res_feats_1'], outputs: ['image_embeddings.1'] },
      { op: 'Identity', inputs: ['image_embed'], outputs: ['image_embeddings.2'] },
    ],
    behind: [
      { op: 'Squeeze', inputs: ['pred_masks', 'zero'], outputs: ['masks'] },
      { op: 'Squeeze', inputs: ['iou_scores', 'zero'], outputs: ['iou_predictions'] },
    ],
    outputs: [
      { name: 'masks', type: 'float32', shape: ['labels', 3, 64, 64] },
      { name: 'iou_predictions', type: 'float32', shape: ['labels', 3] },
    ],
  })
}

it.skipIf(!hasZoo)("finds SAM 2 in Meta's manner: embeddings by their shapes, pictures stretched", async () => {
  const references = readReferences(`${folder}/reference`).map((reference) => ({
    ...reference,
    prompts: reference.prompts.filter(({ box }) => box === undefined),
  }))
  const model = { encoder: readFileSync(`${folder}/onnx/vision_encoder.onnx`), decoder: metaDecoder() }
  const compared = await compareAll({ model, picture: { antialias: false } }, references, {
    picture: ({ image }) => `${zoo}/images/${image}`,
    mask: ({ mask_png }) => `${folder}/reference/masks/${mask_png}`,
  })
  const { count, lowest, scoreError } = summarise(compared)
  console.info(`SAM 2 in Meta's manner: ${count} masks, IoU lowest ${lowest.toFixed(5)}`)
  expect(count).toBe(36)
  expect(lowest).toBeGreaterThanOrEqual(0.99)
  expect(scoreError).toBeLessThan(0.01)
})
