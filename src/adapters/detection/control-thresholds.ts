import { type ControlTag, createLabelMap, type LabelOption } from '../../config/index.js'
import { ownValue } from '../../own-value.js'
import type { ClassScore, Finding } from '../../results/findings.js'

/** The options of an adapter that decide how sure its model must be. */
export interface ThresholdOptions {
  /** For what nothing else is said of. */
  readonly scoreThreshold: number
  /** By class name; goes before everything else. */
  readonly labelThresholds: Readonly<Record<string, number>>
  readonly labelMap?: Readonly<Record<string, string | null>> | undefined
}

/** How sure the model must be of each class, for the controls of one item. */
export interface ControlThresholds {
  /** By class index: the lowest score that any control wants; so far down the model has to look. */
  readonly floors: Float32Array
  /** The controls that want a class with that score. */
  wanting(found: ClassScore): readonly ControlTag[]
  /** Keeps what was looked for on behalf of one control from the controls that did not ask for it. */
  assign(findings: readonly Finding[]): Finding[]
}

/**
 * Thresholds from the adapter's options and from the attributes `model_score_threshold` and `score_threshold` of controls
 * and of their labels.
 *
 * @param names class names by index
 * @param bound the controls that the adapter was given
 * @param fitting those of them that it is to fill
 */
export function controlThresholds(
  names: readonly string[],
  bound: readonly ControlTag[],
  fitting: readonly ControlTag[],
  options: ThresholdOptions,
): ControlThresholds {
  const wants = fitting.map((control) => ({ control, threshold: thresholdsOf(control, options) }))
  const wanting = ({ label, score = 1 }: ClassScore) =>
    wants.filter(({ threshold }) => score > threshold(label)).map(({ control }) => control)
  const assignRegion = (finding: Finding & ClassScore): Finding[] => {
    const named = finding.control
    const controls = wanting(finding).filter(({ name }) => named === undefined || named === name)
    if (controls.length === bound.length) return [finding]
    return controls.map(({ name }) => ({ ...finding, control: name }))
  }
  const assignClasses = (finding: Extract<Finding, { kind: 'classification' }>): Finding[] => {
    const wanted = wants.map(({ control: { name }, threshold }) => {
      return { name, classes: finding.classes.filter(({ label, score = 1 }) => score > threshold(label)) }
    })
    const alike =
      wanted.length === bound.length && wanted.every(({ classes }) => classes.length === finding.classes.length)
    if (alike) return [finding]
    return wanted.flatMap(({ name, classes }) => (classes.length === 0 ? [] : [{ ...finding, classes, control: name }]))
  }
  return {
    floors: Float32Array.from(names, (name) => Math.min(1, ...wants.map(({ threshold }) => threshold(name)))),
    wanting,
    assign: (findings) =>
      findings.flatMap((finding) => {
        if (finding.kind === 'classification') return assignClasses(finding)
        return 'label' in finding ? assignRegion(finding) : [finding]
      }),
  }
}

/** The most special rule counts: the adapter's for the class, the label's attribute, the control's, the adapter's for all. */
function thresholdsOf(
  control: ControlTag,
  { scoreThreshold, labelThresholds, labelMap = {} }: ThresholdOptions,
): (className: string) => number {
  const forAll = writtenThreshold(control.attributes) ?? scoreThreshold
  const byLabel = new Map(
    allOptions(control.options).map(({ label, attributes }) => [label, writtenThreshold(attributes)]),
  )
  const special = [...byLabel.values()].some((threshold) => threshold !== undefined)
  const labels = special ? createLabelMap(control, undefined) : undefined
  return (className) => {
    const label = ownValue(labelMap, className) ?? labels?.labelFor(className)
    return ownValue(labelThresholds, className) ?? (label === undefined ? undefined : byLabel.get(label)) ?? forAll
  }
}

function allOptions(options: readonly LabelOption[]): LabelOption[] {
  return options.flatMap((option) => [option, ...allOptions(option.children)])
}

function writtenThreshold(attributes: Readonly<Record<string, string>>): number | undefined {
  const written = attributes.model_score_threshold ?? attributes.score_threshold
  const threshold = written === undefined || written.trim() === '' ? Number.NaN : Number(written)
  return Number.isFinite(threshold) ? threshold : undefined
}
