import type { Adapter } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { controlThresholds } from '../detection/control-thresholds.js'
import { fittingControls } from './fitting-controls.js'
import { inspectYoloModel } from './inspect.js'
import { loadYoloModel, type YoloModel } from './model.js'
import { parseYoloOptions, type YoloOptions } from './options.js'

/** Version of the code: raise it when the same weights give other findings. */
const VERSION = '1.0.0'

const IMAGE = ['Image'] as const

const FILLS = {
  RectangleLabels: IMAGE,
  PolygonLabels: IMAGE,
  BrushLabels: IMAGE,
  BitmaskLabels: IMAGE,
  EllipseLabels: IMAGE,
  KeyPointLabels: IMAGE,
  Choices: IMAGE,
  Taxonomy: IMAGE,
} as const

/**
 * A YOLO model exported to ONNX (Ultralytics, YOLOv5, YOLOX, RT-DETR), on `<Image>`. Task, class names, input size and
 * head are recognised from the file; findings are in pixels of the shown picture.
 *
 * Needs `onnxruntime-node` and `sharp`.
 *
 * @example
 * createBackend({ adapters: [yolo({ model: 'yolo11n.onnx', scoreThreshold: 0.4 })] })
 *
 * @throws PrelabelError `invalid-options`
 */
export function yolo(options: YoloOptions): Adapter {
  const parsed = parseYoloOptions(options)
  return defineAdapter<typeof FILLS, YoloModel>({
    name: parsed.name,
    version: VERSION,
    fills: FILLS,
    ...(parsed.controls === undefined ? {} : { controls: parsed.controls }),
    ...(parsed.labelMap === undefined ? {} : { labelMap: parsed.labelMap }),
    options: describeOptions(parsed),
    batchSize: parsed.batchSize,
    // While one call computes, the next one's pictures are decoded.
    concurrency: 2,
    inspect: () => inspectYoloModel(parsed),
    load: () => loadYoloModel(parsed),
    predict: async (items, { model, signal }) => {
      const { names, task } = model.layout
      const thresholds = items.map(({ controls }) =>
        controlThresholds(names, controls, fittingControls(controls, task), parsed),
      )
      const found = await model.find(
        items.map(({ input }) => input),
        thresholds.map(({ floors }) => floors),
        signal,
      )
      return found.map((findings, i) =>
        findings instanceof Error ? findings : (thresholds[i]?.assign(findings) ?? []),
      )
    },
    dispose: (model) => model.dispose(),
  })
}

/** What changes findings, without what cannot be written as JSON: the weights are known by their hash. */
function describeOptions(parsed: ReturnType<typeof parseYoloOptions>): Readonly<Record<string, unknown>> {
  const { names, task, head, imageSize, scoreThreshold, labelThresholds, iouThreshold } = parsed
  const { maxDetections, agnosticNms, multiLabel, labelMap, slices } = parsed
  const all = { names, task, head, imageSize, scoreThreshold, labelThresholds, iouThreshold }
  return { ...all, maxDetections, agnosticNms, multiLabel, labelMap, slices }
}
