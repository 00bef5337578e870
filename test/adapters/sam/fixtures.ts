import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { changeModel } from './onnx-surgery.js'
import { type Reference, type ReferencePrompt, readReferences } from './references.js'

const root = fileURLToPath(new URL('../../fixtures/sam', import.meta.url))

/** A tiny genuine SAM in the layout of transformers.js, for pictures of 256×256. */
export const hfFolder = `${root}/sam-hf`
export const encoderFile = `${hfFolder}/onnx/vision_encoder.onnx`
export const pointDecoderFile = `${hfFolder}/onnx/prompt_encoder_mask_decoder.onnx`
export const boxDecoderFile = `${hfFolder}/onnx/prompt_encoder_mask_decoder_boxes.onnx`
/** The same weights in Meta's export, for pictures of 1024×1024: the model of the examples. */
export const metaDecoderFile = fileURLToPath(new URL('../../../examples/models/sam-tiny/decoder.onnx', import.meta.url))

export const hfReferences = readReferences(`${hfFolder}/reference`)
export const metaReferences = readReferences(`${root}/sam-meta/reference`)

/** The encoder of Meta's export: the same weights behind pooling from 1024 to 256, as it was made. */
export function metaEncoder(): Uint8Array {
  return changeModel(readFileSync(encoderFile), {
    withoutInputs: ['pixel_values'],
    inputs: [{ name: 'image', type: 'float32', shape: [1, 3, 1024, 1024] }],
    before: [
      {
        op: 'AveragePool',
        inputs: ['image'],
        outputs: ['pixel_values'],
        attributes: { kernel_shape: [4, 4], strides: [4, 4] },
      },
    ],
    outputs: [{ name: 'image_embeddings', type: 'float32', shape: [1, 64, 16, 16] }],
  })
}

/** Where the pictures and masks of the references are. */
export function referenceFiles(folder: 'sam-hf' | 'sam-meta') {
  return {
    picture: ({ image }: Reference) => `${root}/images/${image}`,
    mask: ({ mask_png }: ReferencePrompt) => `${root}/${folder}/reference/masks/${mask_png}`,
  }
}
