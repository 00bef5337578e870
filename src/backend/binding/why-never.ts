import type { Adapter } from '../../adapters/adapter.js'
import { type ControlTag, type LabelingConfig, objectsOf } from '../../config/index.js'
import { ownValue } from '../../own-value.js'

/** Why an adapter does not fill a control, whatever its model; undefined where that decides. */
export function whyNever(
  config: LabelingConfig,
  control: ControlTag,
  { fills, controls, answersRegions }: Adapter,
): string | undefined {
  const objectTags = ownValue(fills, control.tag)
  if (controls !== undefined && !controls.includes(control.name)) return 'its `controls` name others'
  if (objectTags === undefined) return `it fills no <${control.tag}>`
  const objects = objectsOf(config, control)
  if (!objects.some(({ tag }) => objectTags.includes(tag))) {
    return `it fills <${control.tag}> on ${objectTags.join(', ')}, and this one is about ${objects.map(({ tag }) => tag).join(', ')}`
  }
  if (control.perRegion && answersRegions !== true) {
    return 'it is asked of each region, and this adapter is asked about whole objects: see `askRegions`'
  }
  return undefined
}
