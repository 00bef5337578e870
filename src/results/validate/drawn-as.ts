/**
 * The kind of region that the editor draws on a picture for a value that asks for a certain one: it looks at the keys
 * of `value`, not at `type`. Undefined where it tries rectangle and ellipse in turn.
 */
export function drawnAs(value: Readonly<Record<string, unknown>>): string | undefined {
  if ('rle' in value || 'touches' in value || 'maskDataURL' in value) return 'brush'
  if ('x' in value && 'y' in value && 'width' in value && !('height' in value)) return 'keypoint'
  if ('points' in value) return 'polygon'
  if ('vertices' in value) return 'vector'
  if ('imageDataURL' in value) return 'bitmask'
  return undefined
}

/** True when the editor makes a region of this value, and not an answer about the whole object. */
export function holdsGeometry(value: Readonly<Record<string, unknown>>): boolean {
  const keys = ['sequence', 'ranges', 'start', 'height', 'radiusX']
  return drawnAs(value) !== undefined || keys.some((key) => key in value)
}
