import { expect, it } from 'vitest'
import { matchFindings, ofKind, spread } from '../../adapters/yolo/match.js'
import { orientedSimilarity } from './oriented-similarity.js'
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
