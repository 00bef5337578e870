import { PrelabelError } from '../../errors.js'
import { dictionaryMatcher } from './dictionary.js'
import { fuzzyMatcher } from './fuzzy.js'
import { type Match, type Matcher, withoutOverlaps } from './match.js'
import type { Rule, RulesSettings } from './options.js'
import { patternMatcher } from './pattern.js'

/** A match and its class. */
export interface LabelledMatch extends Match {
  readonly label: string
}

/**
 * Makes one search of all rules. Matches come in the order of the text.
 *
 * @throws PrelabelError `invalid-pattern`, `invalid-options`
 */
export function compileRules(settings: RulesSettings): (text: string) => LabelledMatch[] {
  const compiled = settings.rules.map((rule) => ({ label: rule.label, matcher: compileRule(rule, settings) }))
  return (text) => {
    const all = compiled.flatMap(({ label, matcher }) => matcher(text).map((match) => ({ ...match, label })))
    return settings.overlaps === 'all' ? inOrder(all) : withoutOverlaps(all, longestFirst)
  }
}

function compileRule(rule: Rule, settings: RulesSettings): Matcher {
  const caseSensitive = rule.caseSensitive ?? settings.caseSensitive
  const wholeWords = rule.wholeWords ?? settings.wholeWords ?? 'terms' in rule
  const options = { caseSensitive, wholeWords, score: rule.score }
  if ('pattern' in rule)
    return patternMatcher(rule.pattern, { ...options, group: rule.group, maxMilliseconds: settings.maxMilliseconds })
  if (rule.maxEdits === 0) return dictionaryMatcher(rule.terms, options)
  const short = rule.terms.find((term) => Array.from(term.trim()).length <= 2 * rule.maxEdits)
  if (short !== undefined) throw tooManyEdits(short, rule.maxEdits)
  return fuzzyMatcher(rule.terms, rule.maxEdits, options)
}

function longestFirst(a: Match, b: Match): number {
  return b.end - b.start - (a.end - a.start) || b.score - a.score || a.start - b.start
}

/** In the order of the text, what two rules say alike said once, with the greater score. */
function inOrder(matches: readonly LabelledMatch[]): LabelledMatch[] {
  const sorted = [...matches].sort((a, b) => a.start - b.start || a.end - b.end || b.score - a.score)
  const seen = new Set<string>()
  return sorted.filter(({ label, start, end }) => {
    const key = `${start} ${end} ${label}`
    const first = !seen.has(key)
    seen.add(key)
    return first
  })
}

function tooManyEdits(term: string, edits: number): PrelabelError {
  return new PrelabelError(`The term ${JSON.stringify(term)} is too short for ${edits} edits`, {
    code: 'invalid-options',
    path: 'rules.maxEdits',
    hint: 'Allow edits of less than half of every term.',
  })
}
