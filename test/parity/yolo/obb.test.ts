import { expect, it } from 'vitest'
import type { Box } from '../../../src/results/findings.js'
import { matchFindings, ofKind, spread } from '../../adapters/yolo/match.js'
import { findAll, references } from './zoo.js'

it.each(['model_default', 'model_low'])('yolo11-obb %s: the same oriented boxes as the original', async (file) => {
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
})

const STEPS = 200

/** Intersection over union, counted on points of a lattice over both boxes. */
function orientedSimilarity(box: Box, [x, y, width, height, angle]: readonly [number, number, number, number, number]) {
  const ours = inside(
    box.x + box.width / 2,
    box.y + box.height / 2,
    box.width,
    box.height,
    ((box.rotation ?? 0) * Math.PI) / 180,
  )
  const theirs = inside(x, y, width, height, angle)
  const reach = Math.hypot(width, height)
  let [both, either] = [0, 0]
  for (let i = 0; i < STEPS; i++) {
    for (let j = 0; j < STEPS; j++) {
      const px = x + (i / STEPS - 0.5) * reach
      const py = y + (j / STEPS - 0.5) * reach
      const [a, b] = [ours(px, py), theirs(px, py)]
      if (a && b) both++
      if (a || b) either++
    }
  }
  return both / either
}

function inside(x: number, y: number, width: number, height: number, angle: number) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return (px: number, py: number) =>
    Math.abs((px - x) * cos + (py - y) * sin) <= width / 2 && Math.abs((py - y) * cos - (px - x) * sin) <= height / 2
}
