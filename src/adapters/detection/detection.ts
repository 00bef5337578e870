import type { Adapter } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { controlThresholds } from './control-thresholds.js'
import { type Detector, loadDetector } from './detector.js'
import { readModelFacts } from './model-source.js'
import { type DetectionOptions, type ParsedDetectionOptions, parseDetectionOptions } from './options.js'
import { pictureError } from './picture-error.js'
import { sessionStatus } from './session-status.js'
import { findInVideo } from './video/find-in-video.js'
import { predictByInput } from './video/predict-by-input.js'
import { describeVideo } from './video/video-settings.js'

/** Version of the code: raise it when the same weights give other findings. */
const VERSION = '1.1.0'

const IMAGE = ['Image'] as const
const VIDEO = ['Video'] as const
const FILLS = {
  RectangleLabels: IMAGE,
  Rectangle: IMAGE,
  EllipseLabels: IMAGE,
  Ellipse: IMAGE,
  VideoRectangle: VIDEO,
  TimelineLabels: VIDEO,
} as const

/**
 * Any ONNX detector, on `<Image>` and `<Video>`, described by options: how its pictures are put in, and how its boxes come
 * out. For YOLO models use `prelabel/yolo`, which needs no description.
 *
 * Needs `onnxruntime-node` and `sharp`; for videos the program `ffmpeg`.
 *
 * @example A DETR from Hugging Face Optimum
 * detection({
 *   model: 'detr/model.onnx',
 *   names: ['N/A', 'person', 'bicycle'],
 *   input: { size: [800, 1066], resize: 'stretch', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], maskInput: { name: 'pixel_mask' } },
 *   output: { kind: 'scores', boxes: 'pred_boxes', scores: 'logits', format: 'cxcywh', unit: 'fraction', activation: 'softmax', background: 'last' },
 *   suppress: false,
 * })
 *
 * @throws PrelabelError `invalid-options`
 */
export function detection(options: DetectionOptions): Adapter {
  const parsed = parseDetectionOptions(options)
  return defineAdapter<typeof FILLS, Detector>({
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
    async inspect() {
      const { fingerprint } = await readModelFacts(parsed.model)
      const summary = `detector (${parsed.output.kind}), ${parsed.names.length} classes`
      return { classes: parsed.names, kinds: ['detection', 'track', 'timeline'], fingerprint, summary }
    },
    load: () => loadDetector(parsed),
    predict: (items, { model, ...context }) =>
      predictByInput(items, {
        async pictures(pictures) {
          const thresholds = pictures.map(({ controls }) => controlThresholds(parsed.names, controls, controls, parsed))
          const found = await model.find(
            pictures.map(({ input }) => input),
            thresholds.map(({ floors }) => floors),
            context.signal,
          )
          return pictures.map((item, i) => {
            const findings = found[i] ?? []
            return findings instanceof Error ? pictureError(findings, item) : (thresholds[i]?.assign(findings) ?? [])
          })
        },
        video: ({ object, task, controls, input: { path } }) =>
          findInVideo(model, { path, object, data: task.data, controls }, parsed, context),
      }),
    status: ({ session }) => [sessionStatus(parsed.model, session)],
    dispose: ({ session }) => session.dispose(),
  })
}

/** What changes findings; the weights are known by their hash. */
function describeOptions(parsed: ParsedDetectionOptions): Readonly<Record<string, unknown>> {
  const { names, input, output, suppress, scoreThreshold, labelThresholds } = parsed
  const { iouThreshold, maxDetections, agnosticNms, labelMap, slices, video } = parsed
  const described = { names, input, output, suppress, scoreThreshold, labelThresholds }
  return { ...described, iouThreshold, maxDetections, agnosticNms, labelMap, slices, video: describeVideo(video) }
}
