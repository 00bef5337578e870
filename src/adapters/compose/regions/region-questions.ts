/** From what was found in an item to what is asked about each of the regions. */

import type { ControlTag } from '../../../config/labeling-config.js'
import type { Finding } from '../../../results/findings.js'
import { isAskedOfRegion } from '../../../results/render/asked-of-region.js'
import { canShow } from '../../../results/render/can-show.js'
import { carriesLabels } from '../../../results/render/companions.js'
import { createLabelMaps, type LabelMaps } from '../../../results/render/label-maps.js'
import type { Region } from '../../../results/render/region-label.js'
import { shownClasses } from '../../../results/render/shown-classes.js'
import type { Item, ItemInput } from '../../adapter.js'

/** One region that is to be asked about. */
export interface RegionQuestion {
  /** Place of the region among the findings. */
  readonly index: number
  readonly finding: Region
  readonly label: string
  /** What it lies in. */
  readonly whole: ItemInput
  /** The controls that are asked of it. */
  readonly controls: readonly ControlTag[]
}

/**
 * The regions among some findings that the project will show and that a control is asked of, the surest first.
 *
 * @param asked the per-region controls that can be answered
 */
export function regionQuestions(
  findings: readonly Finding[],
  item: Item,
  asked: readonly ControlTag[],
): RegionQuestion[] {
  const labelMaps = createLabelMaps(undefined)
  const questions = findings.flatMap((finding, index): RegionQuestion[] => {
    const whole = 'label' in finding ? objectOf(finding, item) : undefined
    if (!('label' in finding) || whole === undefined) return []
    const regions = regionsOf(finding, item.controls, whole, labelMaps)
    const [first] = regions
    const controls = asked.filter(
      (control) =>
        control.toName.includes(whole.object.name) && regions.some((region) => isAskedOfRegion(control, region)),
    )
    if (first === undefined || controls.length === 0) return []
    return [{ index, finding, label: first.label ?? finding.label, whole, controls }]
  })
  return questions.sort((a, b) => (b.finding.score ?? 1) - (a.finding.score ?? 1))
}

/** The labels that a thing gets on the controls that show it. That of a `<Labels>` beside a control is not known here. */
function regionsOf(
  finding: Region,
  controls: readonly ControlTag[],
  { object }: ItemInput,
  labelMaps: LabelMaps,
): { readonly label?: string; readonly source?: string }[] {
  const drawing = controls.filter(
    ({ name, ...control }) =>
      (finding.control === undefined || finding.control === name) &&
      canShow(finding.kind, { name, ...control }, object),
  )
  return drawing.flatMap((control) => {
    if (!carriesLabels(control)) return [{}]
    const label = shownClasses([finding], control, { labelMaps })[0]?.label
    return label === undefined ? [] : [{ label, source: control.name }]
  })
}

/** The object that a finding is about, of those of a whole task: by the control that it names, and the page. */
function objectOf({ control: name, itemIndex = 0 }: Finding, { controls, inputs }: Item): ItemInput | undefined {
  const control = controls.find((one) => one.name === name)
  const about = inputs.filter(({ object }) => control === undefined || control.toName.includes(object.name))
  return about.filter(({ object }) => object === about[0]?.object)[itemIndex] ?? about[0]
}
