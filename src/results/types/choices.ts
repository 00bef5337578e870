import { z } from 'zod'
import { defineSay, type SayContext } from './say-type.js'
import type { Problem } from './shape-type.js'
import { checkWord } from './vocabulary.js'

/** One choice, or under `allowNested="true"` the path to it. */
export type Choice = string | readonly string[]

/** The value of choices about the whole object. */
export interface ChoicesValue {
  readonly choices: readonly Choice[]
}

export const choices = defineSay<'choices', readonly Choice[]>({
  kind: 'choices',
  schema: z.array(z.union([z.string(), z.array(z.string()).readonly()])).readonly(),
  check(content, context) {
    const words = content.flatMap((choice, index) =>
      (typeof choice === 'string' ? [choice] : choice).flatMap((word) => checkWord(word, `[${index}]`, context) ?? []),
    )
    return [...checkCount(content, context), ...words]
  },
})

function checkCount(content: readonly Choice[], { control }: SayContext): Problem[] {
  if (content.length === 0)
    return [{ code: 'no-choice', severity: 'warning', key: '', message: 'nothing is chosen: leave the result out' }]
  if (content.length === 1 || control.multiple) return []
  return [
    {
      code: 'too-many-choices',
      severity: 'error',
      key: '',
      message: `${content.length} choices are given, but ${control.path} takes one`,
      hint: 'The editor refuses to submit them: give one choice, or set `choice="multiple"`.',
    },
  ]
}
