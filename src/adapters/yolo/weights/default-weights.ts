import type { ControlTag } from '../../../config/index.js'
import { flagAttribute } from '../../../results/render/flag-attribute.js'

const BY_TAG: Readonly<Record<string, string>> = {
  Choices: 'yolov8n-cls.pt',
  Taxonomy: 'yolov8n-cls.pt',
  TimelineLabels: 'yolov8n-cls.pt',
  Polygon: 'yolov8n-seg.pt',
  PolygonLabels: 'yolov8n-seg.pt',
  Brush: 'yolov8n-seg.pt',
  BrushLabels: 'yolov8n-seg.pt',
  Bitmask: 'yolov8n-seg.pt',
  BitmaskLabels: 'yolov8n-seg.pt',
  KeyPoint: 'yolov8n-pose.pt',
  KeyPointLabels: 'yolov8n-pose.pt',
  VideoRectangle: 'yolov8n.pt',
}

/**
 * The weights that the YOLO example of Label Studio's Python backend takes for a control without `model_path`; for
 * controls that it does not know, those of the most similar one.
 */
export function defaultWeights({ tag, attributes }: ControlTag): string {
  return BY_TAG[tag] ?? (flagAttribute(attributes.model_obb) ? 'yolov8n-obb.pt' : 'yolov8m.pt')
}
