import { expect, it } from 'vitest'
import { boxSimilarity, matchFindings, ofKind, spread } from '../../adapters/yolo/match.js'
import { findAll, hasZoo, references } from './zoo.js'

/** Every detector, with each export and each set of settings that was recorded. */
const RECORDED = [
  ['yolov8-detect', 'model_default'],
  ['yolov8-detect', 'model_low'],
  ['yolov8-detect', 'model_dynamic_default'],
  ['yolov8-detect', 'model_dynamic_low'],
  ['yolov8-detect', 'model_nms_default'],
  ['yolo26-detect', 'model_default'],
  ['yolo26-detect', 'model_low'],
  ['yolo26-detect', 'model_raw_default'],
  ['yolo26-detect', 'model_raw_low'],
  ['yolov5-classic', 'model_default'],
  ['yolov5-classic', 'model_multi_label'],
  ['nanodet-coco', 'model_default'],
  ['nanodet-coco', 'model_low'],
  ['nanodet-coco', 'model_fp16_default'],
  ['nanodet-coco', 'model_fp16_low'],
] as const

it.skipIf(!hasZoo).each(RECORDED)('%s %s: the same boxes as the original', async (folder, file) => {
  const recorded = references(folder, file)
  const found = await findAll(folder, recorded)
  const matches = recorded.results.flatMap(({ boxes }, i) =>
    matchFindings(ofKind(found[i], 'detection'), boxes, recorded.settings.conf, ({ box }, { xyxy }) =>
      boxSimilarity(box, xyxy),
    ),
  )
  const { min, mean } = spread(matches.map(({ similarity }) => similarity))
  console.info(`${folder} ${file}: ${matches.length} boxes, IoU mean ${mean.toFixed(5)}, lowest ${min.toFixed(5)}`)
  expect(mean).toBeGreaterThanOrEqual(0.99)
  expect(min).toBeGreaterThanOrEqual(0.97)
})
