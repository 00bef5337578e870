import { createHash } from 'node:crypto'
import type { DialogueInput, TextInput } from '../../media/inputs.js'
import { parseOptions } from '../../parse-options.js'
import type { ClassScore, Finding } from '../../results/findings.js'
import type { Adapter, Item } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { attempt } from '../text/attempt.js'
import { describeOptions } from '../text/describe-options.js'
import { textsOf } from '../text/item-texts.js'
import { SPAN_FILLS, spansOf } from '../text/span-findings.js'
import { compileRules, type LabelledMatch } from './compile-rules.js'
import { type RulesOptions, rulesOptions } from './options.js'
import { proposalsFor } from './proposals.js'

const FILLS = { ...SPAN_FILLS, Choices: ['Text', 'HyperText', 'Paragraphs'] } as const

/**
 * Labels by rule: dictionaries, regular expressions and inexact terms. Marks spans; on `<Choices>` it chooses the
 * classes that were found, the most frequent first. In interactive mode it marks what the annotator has just marked
 * wherever else it stands in the task.
 *
 * @example
 * rules({
 *   rules: [
 *     { label: 'City', terms: ['Oslo', 'São Paulo'] },
 *     { label: 'Email', pattern: '[\\w.+-]+@[\\w-]+\\.[\\w.]+' },
 *     { label: 'Drug', terms: ['ibuprofen'], maxEdits: 2 },
 *   ],
 * })
 *
 * @throws PrelabelError `invalid-options`, `invalid-pattern`
 */
export function rules(options: RulesOptions): Adapter<undefined, typeof FILLS> {
  const settings = parseOptions({ name: 'rules', page: 'docs/rules.md' }, rulesOptions, options)
  const find = compileRules(settings)
  const classes = [...new Set(settings.rules.map(({ label }) => label))]

  const findingsOf = (item: Item<TextInput | DialogueInput>): Finding[] => {
    const { input, controls, context } = item
    if (context !== undefined) return proposalsFor(context, input, settings)
    const found = textsOf(item, settings.maxCharacters).map((text) => ({ text, matches: find(text.text) }))
    const spans = found.flatMap(({ text, matches }) => spansOf(matches, text))
    const chosen = classesIn(found.flatMap(({ matches }) => matches))
    const marks = controls.some(({ tag }) => tag !== 'Choices')
    const chooses = controls.some(({ tag }) => tag === 'Choices') && chosen.length > 0
    return [...(marks ? spans : []), ...(chooses ? [{ kind: 'classification' as const, classes: chosen }] : [])]
  }

  return defineAdapter({
    name: settings.name,
    version: '1.0.0',
    fills: FILLS,
    options: describeOptions(settings),
    prompts: ['span', 'paragraph-span'],
    controls: settings.controls,
    labelMap: settings.labelMap,
    inspect: () => ({
      ...(classes.length === 0 ? {} : { classes }),
      kinds: ['span', 'classification'],
      fingerprint: createHash('sha256').update(JSON.stringify(settings.rules)).digest('hex'),
      summary: `${settings.rules.length} rules, ${classes.length} classes`,
    }),
    predict: (items) => items.map((item) => attempt(() => findingsOf(item))),
  })
}

/** The classes of matches, the most frequent first, each with its surest score. */
function classesIn(matches: readonly LabelledMatch[]): ClassScore[] {
  const counts = new Map<string, { count: number; score: number }>()
  for (const { label, score } of matches) {
    const { count, score: best } = counts.get(label) ?? { count: 0, score: 0 }
    counts.set(label, { count: count + 1, score: Math.max(best, score) })
  }
  return [...counts].sort(([, a], [, b]) => b.count - a.count).map(([label, { score }]) => ({ label, score }))
}
