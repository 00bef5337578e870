import type { Size } from '../../../inference/pictures/letterbox.js'
import type { Box } from '../../../results/findings.js'
import { boxCorners, clampBox, normalizeDegrees } from '../../../results/geometry/index.js'

/**
 * A box as it is drawn after another: the part of an upright one that is inside the picture. A turned one can be written
 * in four ways, as each of its corners may be its first; the one is taken whose corners are nearest to those before,
 * so that the editor turns it no further than it turned, among those that Label Studio takes: first corner and sides may not
 * go over 100 percent.
 *
 * @returns undefined when it is outside, or cannot be written
 */
export function continuedBox(box: Box, before: Box | undefined, picture: Size): Box | undefined {
  const inside = clampBox(box, picture)
  if (inside === undefined || box.rotation === undefined) return inside
  const forms = [0, 1, 2, 3].map((quarters) => quarterTurned(inside, quarters))
  const last = before ?? inside
  return forms
    .filter((form) => isWritable(form, picture))
    .map((form) => ({ form, apart: cornersApart(form, last) }))
    .sort((a, b) => a.apart - b.apart)[0]?.form
}

/** The same box, its first corner so many corners further on. */
function quarterTurned({ x, y, width, height, rotation = 0 }: Box, quarters: number): Box {
  const turned = normalizeDegrees(rotation + 90 * quarters)
  if (quarters % 2 === 0) return { x, y, width, height, rotation: turned }
  const offset = (width - height) / 2
  return { x: x + offset, y: y - offset, width: height, height: width, rotation: turned }
}

function isWritable(box: Box, picture: Size): boolean {
  const [first] = boxCorners(box)
  return Math.max(first.x, box.width) <= picture.width && Math.max(first.y, box.height) <= picture.height
}

/** How far the corners of two boxes are apart when their centres lie on each other. */
function cornersApart(a: Box, b: Box): number {
  const [these, those] = [a, b].map((box) => boxCorners({ ...box, x: -box.width / 2, y: -box.height / 2 }))
  return Math.max(...(these ?? []).map(({ x, y }, i) => Math.hypot(x - (those?.[i]?.x ?? 0), y - (those?.[i]?.y ?? 0))))
}
