import { expect, it } from 'vitest'
import { boxSimilarity, matchFindings, ofKind, spread } from '../../adapters/yolo/match.js'
import { findAll, hasZoo, references } from './zoo.js'

it.skipIf(!hasZoo).each(['model_default', 'model_low'])(
  'yolov8-pose %s: the same skeletons as the original',
  async (file) => {
    const recorded = references('yolov8-pose', file)
    const found = await findAll('yolov8-pose', recorded)
    const matches = recorded.results.flatMap(({ boxes }, i) =>
      matchFindings(ofKind(found[i], 'pose'), boxes, recorded.settings.conf, ({ box }, { xyxy }) =>
        boxSimilarity(box, xyxy),
      ),
    )
    const distances = matches.flatMap(({ finding, reference }) =>
      (reference.keypoints_xy_conf ?? []).map(([x, y, conf], i) => {
        const point = finding.points[i]
        expect(Math.abs((point?.score ?? 0) - conf)).toBeLessThanOrEqual(0.01)
        return Math.hypot((point?.x ?? 0) - x, (point?.y ?? 0) - y)
      }),
    )
    expect(distances).toHaveLength(matches.length * 4)
    const farthest = Math.max(...distances)
    const { min } = spread(matches.map(({ similarity }) => similarity))
    console.info(
      `yolov8-pose ${file}: ${matches.length} poses, IoU ≥ ${min.toFixed(5)}, points within ${farthest.toFixed(4)} px`,
    )
    expect(farthest).toBeLessThanOrEqual(0.5)
    expect(min).toBeGreaterThanOrEqual(0.97)
  },
)
