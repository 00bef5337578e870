import { z } from 'zod'
import type { LabelOption } from '../../config/index.js'
import { defineSay, type SayContext } from './say-type.js'
import type { Problem } from './shape-type.js'
import { checkWord } from './vocabulary.js'

/** A path from a root of the taxonomy to a node. */
export type TaxonomyPath = readonly string[]

/** The value of a taxonomy. */
export interface TaxonomyValue {
  readonly taxonomy: readonly TaxonomyPath[]
}

export const taxonomy = defineSay<'taxonomy', readonly TaxonomyPath[]>({
  kind: 'taxonomy',
  schema: z.array(z.array(z.string()).readonly()).readonly(),
  check(content, context) {
    if (content.length === 0)
      return [{ code: 'no-choice', severity: 'warning', key: '', message: 'nothing is chosen: leave the result out' }]
    return content.flatMap((path, index) => checkPath(path, index, context))
  },
})

function checkPath(path: TaxonomyPath, index: number, context: SayContext): Problem[] {
  const { control } = context
  const words = path.flatMap((word, step) => checkWord(word, `[${index}][${step}]`, context) ?? [])
  if (words.length > 0) return words
  if (path.length === 0) return [warning(index, 'the path is empty')]
  if (control.openVocabulary === true) return []
  const node = nodeAt(path, control.options)
  if (node === undefined) return [warning(index, `the taxonomy has no path ${JSON.stringify(path)}`)]
  if (control.attributes.leafsOnly === 'true' && node.children.length > 0)
    return [warning(index, `${JSON.stringify(path)} is no leaf, and \`leafsOnly\` is set`)]
  return []
}

/** The option at the end of a path from the root; undefined when there is none. */
export function nodeAt(path: TaxonomyPath, options: readonly LabelOption[]): LabelOption | undefined {
  let level = options
  let node: LabelOption | undefined
  for (const step of path) {
    node = level.find(({ label }) => label === step)
    if (node === undefined) return undefined
    level = node.children
  }
  return node
}

function warning(index: number, message: string): Problem {
  return {
    code: 'unknown-path',
    severity: 'warning',
    key: `[${index}]`,
    message,
    hint: 'A path leads from a root of the taxonomy down to a node: `["Animal", "Dog"]`.',
  }
}
