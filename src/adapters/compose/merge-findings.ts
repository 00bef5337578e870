import type { Finding } from '../../results/findings.js'
import { isClassification, mergeClasses } from './merge-classes.js'
import type { MergeRule } from './options.js'
import { overlapOf } from './overlap.js'

/** A finding, the place of its adapter in the order of priority, and what its class means in the project. */
export interface Voice {
  readonly finding: Finding
  readonly member: number
  /** Label of the class, where a control has one for it: equal for classes of several models that mean the same. */
  readonly meaning: string
}

/** How voices are merged. */
export interface MergeOptions {
  readonly merge: MergeRule
  readonly minOverlap: number
  /** Members that must find a thing, with `vote`. */
  readonly minVotes: number
}

/** Makes one answer of what several adapters found in one item. */
export function mergeFindings(
  voices: readonly Voice[],
  options: MergeOptions,
  meaningOf: (className: string) => string,
): Finding[] {
  const classes = mergeClasses(voices, options, meaningOf)
  const rest = voices.filter(({ finding }) => !isClassification(finding))
  return [...classes, ...mergePlaced(rest, options)]
}

function mergePlaced(voices: readonly Voice[], options: MergeOptions): Finding[] {
  const same = (a: Voice, b: Voice) => a.meaning === b.meaning && overlapOf(a.finding, b.finding) >= options.minOverlap
  switch (options.merge) {
    case 'union':
      return keepFirst(voices, surestFirst, (kept, next) => kept.member !== next.member && same(kept, next))
    case 'priority':
      return keepFirst(voices, byMember, (kept, next) => kept.member !== next.member && clash(kept, next, options))
    case 'longest':
      return keepFirst(voices, longestFirst, (kept, next) =>
        hasLength(next.finding)
          ? overlapOf(kept.finding, next.finding) > 0
          : kept.member !== next.member && same(kept, next),
      )
    case 'vote':
      return vote(voices, same, options.minVotes)
  }
}

/** Those that do not fall to one kept before them in `order`; in the order they came in. */
function keepFirst(
  voices: readonly Voice[],
  order: (a: Voice, b: Voice) => number,
  falls: (kept: Voice, next: Voice) => boolean,
): Finding[] {
  const kept = new Set<Voice>()
  for (const next of [...voices].sort(order)) if (![...kept].some((before) => falls(before, next))) kept.add(next)
  return voices.filter((voice) => kept.has(voice)).map(({ finding }) => finding)
}

/** Spans and segments clash as soon as they touch; boxes may overlap, unless it is the same place. */
function clash(a: Voice, b: Voice, { minOverlap }: MergeOptions): boolean {
  const overlap = overlapOf(a.finding, b.finding)
  return hasLength(b.finding) ? overlap > 0 : overlap >= minOverlap
}

/** Each thing that enough members found: as the surest of them sees it, with the mean of their scores. */
function vote(voices: readonly Voice[], same: (a: Voice, b: Voice) => boolean, minVotes: number): Finding[] {
  const spoken = new Set<Voice>()
  const elected = new Map<Voice, Finding>()
  for (const leader of [...voices].sort(surestFirst)) {
    if (spoken.has(leader)) continue
    const voters = new Map([[leader.member, leader]])
    for (const other of voices)
      if (!spoken.has(other) && !voters.has(other.member) && same(leader, other)) voters.set(other.member, other)
    if (voters.size < minVotes) continue
    for (const voter of voters.values()) spoken.add(voter)
    const scores = [...voters.values()].map(({ finding }) => scoreOf(finding))
    elected.set(leader, withScore(leader.finding, meanScore(scores)))
  }
  return voices.flatMap((voice) => elected.get(voice) ?? [])
}

function withScore(finding: Finding, score: number | undefined): Finding {
  return score === undefined || isClassification(finding) ? finding : { ...finding, score }
}

function meanScore(scores: readonly (number | undefined)[]): number | undefined {
  const known = scores.flatMap((score) => score ?? [])
  return known.length === 0 ? undefined : known.reduce((sum, score) => sum + score, 0) / known.length
}

function scoreOf(finding: Finding): number | undefined {
  return 'score' in finding ? finding.score : undefined
}

/** What no score is known of counts as certain. */
function surestFirst(a: Voice, b: Voice): number {
  return (scoreOf(b.finding) ?? 1) - (scoreOf(a.finding) ?? 1) || byMember(a, b)
}

function byMember(a: Voice, b: Voice): number {
  return a.member - b.member
}

function longestFirst(a: Voice, b: Voice): number {
  return lengthOf(b.finding) - lengthOf(a.finding) || surestFirst(a, b)
}

function hasLength({ kind }: Finding): boolean {
  return kind === 'span' || kind === 'segment'
}

function lengthOf(finding: Finding): number {
  return finding.kind === 'span' || finding.kind === 'segment' ? finding.end - finding.start : 0
}
