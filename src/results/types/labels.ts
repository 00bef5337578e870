import { z } from 'zod'
import { defineSay, type SayContext } from './say-type.js'
import type { Problem } from './shape-type.js'
import { aliasOf, checkWord } from './vocabulary.js'

/** Labels of a region, under the value key of its control: `rectanglelabels`, `labels`, … */
export const labels = defineSay({
  kind: 'labels',
  schema: z.array(z.string()).readonly(),
  missing: (context) => [noLabel(`${context.control.valueKey} is missing`)],
  check(content, context) {
    if (content.length === 0 && context.control.attributes.allowEmpty !== 'true')
      return [noLabel('the list of labels is empty')]
    return content.flatMap((label, index) => checkLabel(label, `[${index}]`, context))
  },
})

/** Labels that a `<VideoRectangle>` or `<VideoVector>` carries for the `<Labels>` beside it. */
export const videoLabels = defineSay({
  kind: 'labels',
  schema: z.array(z.string()).readonly(),
  missing: () => [],
  check: (content, context) =>
    content.flatMap((label, index) => {
      const controls = labelControlsOf(context)
      if (controls.length === 0) return checkLabel(label, `[${index}]`, context)
      const found = controls.map((control) => checkLabel(label, `[${index}]`, { ...context, control }))
      return found.some((problems) => problems.length === 0) ? [] : (found[0] ?? [])
    }),
})

/** The `<Labels>` controls of the objects that a control is about. */
function labelControlsOf({ config, control }: SayContext) {
  return [...config.controls.values()].filter(
    ({ tag, toName }) => tag === 'Labels' && toName.some((name) => control.toName.includes(name)),
  )
}

function checkLabel(label: string, key: string, context: SayContext): Problem[] {
  const problem = checkWord(label, key, context)
  if (problem === undefined) return []
  // The editor looks labels up by value as well as by alias.
  return [aliasOf(label, context.control.options) === undefined ? problem : { ...problem, severity: 'warning' }]
}

function noLabel(message: string): Problem {
  return {
    code: 'no-label',
    severity: 'warning',
    key: '',
    message: `${message}: the region is drawn without a label`,
    hint: 'Give a label, or set `allowEmpty="true"` on the control.',
  }
}
