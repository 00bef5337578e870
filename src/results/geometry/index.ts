export { clampBox, clampPoint } from './clamp.js'
export {
  boxOfEllipse,
  type Ellipse,
  type EllipseGeometry,
  ellipseFromPercent,
  ellipseInBox,
  ellipsePoints,
  ellipseToPercent,
} from './ellipse.js'
export { shownSize, turnBox, turnPoint, undoOrientation } from './exif.js'
export { boxIou } from './iou.js'
export { boxAroundPoints, isClockwise, polygonArea } from './polygon.js'
export {
  boxCorners,
  boxFromCorners,
  boxToRectangle,
  type Corners,
  normalizeDegrees,
  type RectangleGeometry,
  rectangleToBox,
  uprightBox,
} from './rotated-box.js'
export { convertBox, convertPoint, fromPercent, type Point, type Size, toPercent } from './units.js'
