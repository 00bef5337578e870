import type { ControlTag, LabelMapReport } from '../../config/index.js'

/**
 * The label map of a control whose labels say by `model_index` which point of a skeleton they mean; undefined for others.
 */
export function pointLabels({ tag, options }: ControlTag): LabelMapReport | undefined {
  const numbered = options.filter(({ attributes }) => attributes.model_index !== undefined)
  if (tag !== 'KeyPointLabels' || numbered.length === 0) return undefined
  const placed = options.filter(({ attributes: { model_index: place = '' } }) => /^\d+$/.test(place.trim()))
  const mapped = placed.flatMap(({ label, predictedValues, attributes }) => {
    const point = `point ${Number(attributes.model_index)}`
    const points = predictedValues.length === 0 ? [point] : predictedValues.map((one) => `${point} of ${one}`)
    return points.map((model) => ({ model, label, by: 'model_index' }) as const)
  })
  return { mapped, unmapped: [], unused: options.filter((one) => !placed.includes(one)).map(({ label }) => label) }
}
