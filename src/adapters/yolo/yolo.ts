import type { Adapter } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { predictByInput } from '../detection/video/predict-by-input.js'
import { describeVideo } from '../detection/video/video-settings.js'
import { inspectControl, inspectYoloModel } from './inspect.js'
import { parseYoloOptions, type YoloOptions } from './options.js'
import { predictItems } from './predict.js'
import { predictVideo } from './predict-video.js'
import { createFactsReader } from './weights/facts.js'
import { loadYoloModels, type YoloModels } from './weights/models.js'

/** Version of the code: raise it when the same weights give other findings. */
const VERSION = '1.3.0'

const IMAGE = ['Image'] as const
const VIDEO = ['Video'] as const

const FILLS = {
  RectangleLabels: IMAGE,
  Rectangle: IMAGE,
  PolygonLabels: IMAGE,
  Polygon: IMAGE,
  BrushLabels: IMAGE,
  Brush: IMAGE,
  BitmaskLabels: IMAGE,
  Bitmask: IMAGE,
  EllipseLabels: IMAGE,
  Ellipse: IMAGE,
  KeyPointLabels: IMAGE,
  KeyPoint: IMAGE,
  Choices: IMAGE,
  Taxonomy: IMAGE,
  VideoRectangle: VIDEO,
  TimelineLabels: VIDEO,
} as const

/**
 * A YOLO model exported to ONNX (Ultralytics, YOLOv5, YOLOX, RT-DETR), on `<Image>` and `<Video>`. Task, class names, input size and
 * head are recognised from the file; findings are in pixels of the shown picture.
 *
 * Needs `onnxruntime-node` and `sharp`; for videos the program `ffmpeg`.
 *
 * @example
 * createBackend({ adapters: [yolo({ model: 'yolo11n.onnx', scoreThreshold: 0.4 })] })
 *
 * @throws PrelabelError `invalid-options`
 */
export function yolo(options: YoloOptions): Adapter {
  const parsed = parseYoloOptions(options)
  const facts = createFactsReader()
  return defineAdapter<typeof FILLS, YoloModels>({
    name: parsed.name,
    version: VERSION,
    fills: FILLS,
    controls: parsed.controls,
    labelMap: parsed.labelMap,
    classOptions: { labelThresholds: Object.keys(parsed.labelThresholds) },
    options: describeOptions(parsed),
    batchSize: parsed.batchSize,
    alone: VIDEO,
    // While one call computes, the next one's pictures are decoded.
    concurrency: 2,
    inspect: () => inspectYoloModel(parsed, facts),
    inspectControl: (control, config) => inspectControl(control, config, parsed, facts),
    load: () => loadYoloModels(parsed, facts),
    predict: (items, context) =>
      predictByInput(items, {
        pictures: (pictures) => predictItems(pictures, parsed, context),
        video: (video) => predictVideo(video, parsed, context),
      }),
    status: (model) => model.status(),
    dispose: (model) => model.dispose(),
  })
}

/** What changes findings, without what cannot be written as JSON: the weights are known by their hash. */
function describeOptions(parsed: ReturnType<typeof parseYoloOptions>): Readonly<Record<string, unknown>> {
  const { names, task, head, imageSize, keypoints, stride, scoreThreshold, labelThresholds, iouThreshold } = parsed
  const { maxDetections, agnosticNms, multiLabel, labelMap, slices, video } = parsed
  const all = { names, task, head, imageSize, keypoints, stride, scoreThreshold, labelThresholds, iouThreshold }
  return { ...all, maxDetections, agnosticNms, multiLabel, labelMap, slices, video: describeVideo(video) }
}
