/** A flag (`model_obb`, `model_skip`, …) as the Python backends of Label Studio read it. */
export function flagAttribute(written: string | undefined, otherwise = false): boolean {
  return written === undefined ? otherwise : ['true', '1', 'yes'].includes(written.toLowerCase())
}
