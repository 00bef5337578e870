import type { ControlTag, LabelOption } from '../../config/index.js'
import { ownValue } from '../../own-value.js'

/** Least scores: one for all, or by label with `*` for the rest. */
export type Thresholds = number | Readonly<Record<string, number>>

/**
 * The least score that a finding must have to be shown. The most special rule counts: the option for the label, the
 * label's `score_threshold`, the option for all, the control's attribute. `model_score_threshold` says the same.
 *
 * @param label undefined for findings without a class
 */
export function thresholdFor(
  control: ControlTag,
  label: string | undefined,
  thresholds: Thresholds | undefined,
): number {
  const byLabel = typeof thresholds === 'object' ? thresholds : {}
  const forAll = typeof thresholds === 'number' ? thresholds : byLabel['*']
  const option = label === undefined ? undefined : findOption(control.options, label)
  return (
    (label === undefined ? undefined : ownValue(byLabel, label)) ??
    scoreThreshold(option?.attributes) ??
    forAll ??
    scoreThreshold(control.attributes) ??
    0
  )
}

function scoreThreshold(attributes: Readonly<Record<string, string>> | undefined): number | undefined {
  return numberAttribute(attributes?.model_score_threshold) ?? numberAttribute(attributes?.score_threshold)
}

/** The number that an attribute holds, if it holds one. */
export function numberAttribute(written: string | undefined): number | undefined {
  const number = written === undefined || written.trim() === '' ? Number.NaN : Number(written)
  return Number.isFinite(number) ? number : undefined
}

/** The option of that label, nested ones included. */
function findOption(options: readonly LabelOption[], label: string): LabelOption | undefined {
  for (const option of options) {
    const found = option.label === label ? option : findOption(option.children, label)
    if (found !== undefined) return found
  }
  return undefined
}
