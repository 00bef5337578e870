import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { readModelCard } from '../../../src/adapters/yolo/model-card.js'
import { parseYoloOptions } from '../../../src/adapters/yolo/options.js'
import { recogniseFile, recogniseRun } from '../../../src/adapters/yolo/recognise.js'
import { readFindings } from '../../../src/adapters/yolo/tasks/read-findings.js'
import { readOnnxMetadata } from '../../../src/inference/onnx-metadata.js'
import { place, placeClassic } from '../../../src/inference/pictures/letterbox.js'
import type { Tensor } from '../../../src/inference/session.js'
import { boxSimilarity, matchFindings, ofKind } from '../../adapters/yolo/match.js'
import { hasZoo, references, zoo } from './zoo.js'

const raw = z.record(z.string(), z.object({ file: z.string(), shape: z.array(z.number()) }))
const recordedTensors = z.object({
  results: z.array(z.object({ image: z.string(), tensor_shape: z.array(z.number()), raw: raw.optional() })),
})

/** Decoding alone: recorded output tensors in, recorded boxes out, without picture or runtime. */
it.skipIf(!hasZoo).each([
  ['yolov8-detect', 'model'],
  ['yolov8-detect', 'model_dynamic'],
  ['yolov8-detect', 'model_nms'],
  ['yolo26-detect', 'model'],
  ['yolo26-detect', 'model_raw'],
  ['yolov5-classic', 'model'],
])('%s %s: the same boxes from the recorded tensors', async (folder, variant) => {
  const recorded = references(folder, `${variant}_default`)
  const { settings } = recorded
  const tensors = recordedTensors.parse(
    JSON.parse(readFileSync(`${zoo}/${folder}/reference/${variant}_default.json`, 'utf8')),
  )
  const metadata = readOnnxMetadata(readFileSync(`${zoo}/${folder}/${variant}.onnx`))
  const options = parseYoloOptions({ model: `${variant}.onnx` })
  const comparing = recorded.results.map(async ({ boxes, orig_shape_hw: [height, width] }, i) => {
    const { raw: files, tensor_shape: shape = [] } = tensors.results[i] ?? {}
    if (files === undefined) return []
    const outputs = Object.fromEntries(
      Object.entries(files).map(([name, { file, shape: dims }]) => [name, tensor(`${folder}/reference/${file}`, dims)]),
    )
    const found = Object.entries(outputs).map(([name, { type, dims }]) => ({ name, type, shape: dims }))
    const file = recogniseFile(metadata, readModelCard(metadata), options)
    const layout = recogniseRun(file, { inputs: metadata.inputs, outputs: found }, options)
    const picture = { width, height }
    const input = { width: shape[3] ?? 0, height: shape[2] ?? 0 }
    const placement = layout.head === 'objectness' ? placeClassic(picture, input) : place(picture, input, 'letterbox')
    const findings = await readFindings({
      layout,
      output: { outputs, index: 0, placement, picture },
      floors: new Float32Array(layout.names.length).fill(settings.conf),
      suppression: {
        iouThreshold: settings.iou,
        maxDetections: settings.max_det,
        agnostic: settings.agnostic_nms,
        multiLabel: false,
      },
    })
    return matchFindings(ofKind(findings, 'detection'), boxes, settings.conf, ({ box }, { xyxy }) =>
      boxSimilarity(box, xyxy),
    )
  })
  const compared = (await Promise.all(comparing)).flat()
  expect(compared.length).toBeGreaterThan(3)
  for (const { finding, reference } of compared) {
    const { x, y, width, height } = finding.box
    const ours = [x, y, x + width, y + height]
    for (const [side, value] of reference.xyxy.entries())
      expect(Math.abs((ours[side] ?? 0) - value)).toBeLessThan(0.001)
  }
})

function tensor(path: string, dims: readonly number[]): Tensor {
  const bytes = readFileSync(`${zoo}/${path}`)
  return { type: 'float32', dims, data: new Float32Array(Uint8Array.from(bytes).buffer) }
}
