/** A thing in a picture, in each of the forms in which controls draw. */

import { PrelabelError } from '../../errors.js'
import type { Box, Detection, Mask, MaskPixels } from '../findings.js'
import {
  boxCorners,
  clampBox,
  clampPoint,
  convertBox,
  type Ellipse,
  ellipseInBox,
  type Size,
} from '../geometry/index.js'
import {
  fillPolygons,
  type MaskToPolygonsOptions,
  maskToBox,
  maskToEllipse,
  maskToPolygons,
  maskToRotatedBox,
  type Ring,
} from '../mask/index.js'

/** All in pixels of the shown picture. */
export interface Outline {
  /** Turned only when the model turned it. */
  box(): Box
  /** The box of least area around it. */
  turnedBox(): Box
  ellipse(): Ellipse
  /** One polygon for each part, at least one. */
  polygons(options: MaskToPolygonsOptions): readonly Ring[]
  mask(): MaskPixels
}

/**
 * What goes over the edge of the picture, as models have it, is cut off.
 *
 * @throws PrelabelError `outside-picture`, `mask-size-mismatch`, and from its forms `empty-mask`
 */
export function outlineOf(finding: Detection | Mask, size: Size): Outline {
  return finding.kind === 'mask' ? outlineOfMask(finding, size) : outlineOfBox(finding, size)
}

function outlineOfBox({ box: given, unit = 'pixel' }: Detection, size: Size): Outline {
  const box = clampBox(convertBox(given, unit, 'pixel', size), size)
  if (box === undefined) {
    throw new PrelabelError('the box lies outside the picture, or has no area', {
      code: 'outside-picture',
      hint: 'Check the unit of the box, and that it is of the picture as it is shown.',
    })
  }
  const corners = boxCorners(box).map((corner) => clampPoint(corner, size))
  return {
    box: () => box,
    turnedBox: () => box,
    ellipse: () => ellipseInBox(box),
    polygons: () => [corners],
    mask: () => fillPolygons([corners], size.width, size.height),
  }
}

function outlineOfMask({ mask, box }: Mask, size: Size): Outline {
  if (mask.width !== size.width || mask.height !== size.height) {
    throw new PrelabelError(
      `the mask has ${mask.width}×${mask.height} pixels, the picture ${size.width}×${size.height}`,
      { code: 'mask-size-mismatch', hint: 'Scale the mask to the size of the picture as it is shown.' },
    )
  }
  return {
    box: () => (box && clampBox(box, size)) ?? something(maskToBox(mask)),
    turnedBox: () => something(maskToRotatedBox(mask)),
    ellipse: () => something(maskToEllipse(mask)),
    polygons(options) {
      const polygons = maskToPolygons(mask, { minArea: SPECK, minHoleArea: SPECK, ...options })
      if (polygons.length > 0) return polygons
      // All of it is small: then the largest part is no speck.
      return [something(maskToPolygons(mask, { ...options, minArea: 0, parts: 'largest' })[0])]
    },
    mask: () => {
      something(maskToBox(mask))
      return mask
    },
  }
}

/** Parts and holes of fewer pixels are what models leave at rims. */
const SPECK = 16

function something<T>(found: T | undefined): T {
  if (found !== undefined) return found
  throw new PrelabelError('the mask is empty', { code: 'empty-mask' })
}
