import type { BindingReport, ControlReport, Filling } from './report.js'

const MOST_NAMES = 12

/**
 * A binding report as text for people.
 *
 * @example
 * model version yolo-1a2b3c4d
 * vehicle <RectangleLabels> is filled by yolo from photo (yolov8 detect, 80 classes)
 *   mapped: car → Car, bus → Bus (predicted_values)
 *   unmapped: person, bicycle, … (76 more)
 */
export function formatReport({ modelVersion, controls, warnings, models }: BindingReport): string {
  const told = warnings.map((warning) => `warning: ${warning}`)
  return [`model version ${modelVersion}`, ...controls.map(formatControl), ...told, ...models].join('\n')
}

function formatControl({ control, tag, filledBy, refused, alsoFits, namesRegionsOf }: ControlReport): string {
  const head = `${control} <${tag}>`
  const also = alsoFits.length === 0 ? [] : [`  also fits: ${alsoFits.join(', ')}; give \`controls\` to choose`]
  if (filledBy.length > 0) return [...filledBy.map((filling) => formatFilling(head, filling)), ...also].join('\n')
  if (namesRegionsOf.length > 0) return `${head} names the regions of ${namesRegionsOf.join(', ')}`
  return [`${head} is not filled`, ...refused.map(({ adapter, reason }) => `  ${adapter}: ${reason}`)].join('\n')
}

function formatFilling(
  head: string,
  { adapter, answers, tool, objects, summary, notes = [], labels }: Filling,
): string {
  if (tool) return `${head} is a smart tool: what is drawn with it is answered by ${adapter}, on another control`
  const about = summary === undefined ? '' : ` (${summary})`
  const mapped = labels.mapped.map(({ model, label, by }) => {
    const rule = by === 'label' ? '' : ` (${by})`
    return model === label ? `${label}${rule}` : `${model} → ${label}${rule}`
  })
  return [
    `${head} is filled${answers === 'prompts' ? ', where something is drawn,' : ''} by ${adapter} from ${objects.join(', ')}${about}`,
    ...notes.map((note) => `  note: ${note}`),
    ...formatNames('mapped', mapped),
    ...formatNames('unmapped', labels.unmapped),
    ...formatNames('unused', labels.unused),
  ].join('\n')
}

function formatNames(title: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const rest = names.length > MOST_NAMES ? `, … (${names.length - MOST_NAMES} more)` : ''
  return [`  ${title}: ${names.slice(0, MOST_NAMES).join(', ')}${rest}`]
}
