import { RE2JS, RE2JSException } from 're2js'
import { PrelabelError } from '../../errors.js'
import { alignText } from '../text/align/aligned-text.js'
import { isWordEdge } from './folded-text.js'
import type { Match, Matcher } from './match.js'

/** How a regular expression is looked for. */
export interface PatternOptions {
  readonly caseSensitive: boolean
  readonly wholeWords: boolean
  readonly group: number
  readonly score: number
  readonly maxMilliseconds: number
}

/**
 * Finds the matches of a regular expression with an engine that never backtracks (RE2): one search takes time linear in
 * the text. Many matches may still add up, so that all together are held to `maxMilliseconds`. Empty matches are none.
 *
 * @throws PrelabelError `invalid-pattern`; the matcher throws `rule-too-slow`
 */
export function patternMatcher(pattern: string, options: PatternOptions): Matcher {
  const compiled = compile(pattern, options)
  return (text) => {
    const found: Match[] = []
    const deadline = performance.now() + options.maxMilliseconds
    const matcher = compiled.matcher(text)
    while (matcher.find()) {
      if (performance.now() > deadline) throw tooSlow(pattern, options.maxMilliseconds)
      const [start, end] = [matcher.start(options.group), matcher.end(options.group)]
      if (start >= 0 && end > start && (!options.wholeWords || standsAlone(text, start, end)))
        found.push({ start, end, score: options.score })
    }
    return found
  }
}

function compile(pattern: string, { caseSensitive, group }: PatternOptions): RE2JS {
  try {
    const compiled = RE2JS.compile(pattern, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE)
    if (group <= compiled.groupCount()) return compiled
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause
    throw invalid(pattern, cause.message)
  }
  throw invalid(pattern, `it has no group ${group}`)
}

/** A word edge is decided by the characters on both of its sides. */
function standsAlone(text: string, start: number, end: number): boolean {
  const edge = (at: number) => {
    const before = alignText(text.slice(Math.max(0, at - 2), at))
    const after = alignText(text.slice(at, at + 2))
    return isWordEdge([...before, ...after], before.length)
  }
  return edge(start) && edge(end)
}

function invalid(pattern: string, why: string): PrelabelError {
  return new PrelabelError(`The pattern ${pattern} cannot be used: ${why}`, {
    code: 'invalid-pattern',
    path: 'rules',
    hint: 'Patterns are in RE2 syntax: no look-around and no back-references.',
  })
}

function tooSlow(pattern: string, milliseconds: number): PrelabelError {
  return new PrelabelError(`The pattern ${pattern} took longer than ${milliseconds} ms for one text`, {
    code: 'rule-too-slow',
    path: 'rules',
    hint: 'Bound what it may run over, like `.{0,100}` for `.*`, or raise `maxMilliseconds`.',
  })
}
