import type { ParsedSource } from '../../detection/shared-options.js'
import type { ParsedYoloOptions, WeightsOptions } from '../options.js'

/** The options for one model. What they say of the adapter's own model does not hold for those of the folder. */
export function weightsOptions(options: ParsedYoloOptions, model: ParsedSource): WeightsOptions {
  if (model === options.model) return { ...options, model }
  const unsaid = { names: undefined, task: undefined, head: undefined, imageSize: undefined }
  return { ...options, ...unsaid, keypoints: undefined, stride: undefined, model }
}
