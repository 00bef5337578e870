import type { MaskPixels } from '../../results/findings.js'
import { createRunScanner } from '../../results/mask/mask-pixels.js'

/** True when nothing of the picture is inside. */
export function isEmpty({ data }: MaskPixels): boolean {
  return (data[0] ?? 0) === 0 && createRunScanner(data).nextChange(0, data.length) === data.length
}
