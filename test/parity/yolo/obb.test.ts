import { expect, it } from 'vitest'
import type { Box } from '../../../src/results/findings.js'
import { boxIou } from '../../../src/results/geometry/iou.js'
import { matchFindings, ofKind, spread } from '../../adapters/yolo/match.js'
import { findAll, hasZoo, references } from './zoo.js'

it.skipIf(!hasZoo).each(['model_default', 'model_low'])(
  'yolo11-obb %s: the same oriented boxes as the original',
  async (file) => {
    const recorded = references('yolo11-obb', file)
    const found = await findAll('yolo11-obb', recorded)
    const matches = recorded.results.flatMap(({ obb }, i) =>
      matchFindings(ofKind(found[i], 'detection'), obb, recorded.settings.conf, ({ box }, { xywhr }) =>
        orientedSimilarity(box, xywhr),
      ),
    )
    const { min } = spread(matches.map(({ similarity }) => similarity))
    console.info(`yolo11-obb ${file}: ${matches.length} boxes, lowest oriented IoU ${min.toFixed(5)}`)
    expect(min).toBeGreaterThanOrEqual(0.98)
  },
)

/** Intersection over union with centre, width, height and angle in radians. */
function orientedSimilarity(box: Box, [x, y, width, height, angle]: readonly [number, number, number, number, number]) {
  const theirs = { x: x - width / 2, y: y - height / 2, width, height, rotation: (angle * 180) / Math.PI }
  return boxIou(box, theirs)
}
