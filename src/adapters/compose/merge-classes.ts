import type { Classification, ClassScore, Finding } from '../../results/findings.js'
import type { MergeOptions, Voice } from './merge-findings.js'

type ClassFinding = Classification & Finding

export function isClassification(finding: Finding): finding is ClassFinding {
  return finding.kind === 'classification'
}

interface Said {
  readonly label: string
  readonly scores: number[]
  readonly members: Set<number>
}

/** Merges classifications: one for each control and page, its classes those of all adapters, of the first, or elected. */
export function mergeClasses(
  voices: readonly Voice[],
  options: MergeOptions,
  meaningOf: (className: string) => string,
): Finding[] {
  const groups = new Map<string, { finding: ClassFinding; member: number }[]>()
  for (const { finding, member } of voices) {
    if (!isClassification(finding)) continue
    const key = JSON.stringify([finding.control, finding.itemIndex])
    groups.set(key, [...(groups.get(key) ?? []), { finding, member }])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = [...group].sort((a, b) => a.member - b.member)
    if (first === undefined) return []
    if (options.merge === 'priority') return [first.finding]
    const classes = count(group, meaningOf)
    const kept = options.merge === 'vote' ? classes.filter(({ members }) => members.size >= options.minVotes) : classes
    return kept.length === 0 ? [] : [{ ...first.finding, classes: ranked(kept, options.merge === 'vote') }]
  })
}

/** What was said, by meaning; the first class name said for it stands for all. */
function count(
  group: readonly { readonly finding: ClassFinding; readonly member: number }[],
  meaningOf: (className: string) => string,
): Said[] {
  const said = new Map<string, Said>()
  for (const { finding, member } of group)
    for (const { label, score } of finding.classes) {
      const entry = said.get(meaningOf(label)) ?? { label, scores: [], members: new Set<number>() }
      if (score !== undefined) entry.scores.push(score)
      entry.members.add(member)
      said.set(meaningOf(label), entry)
    }
  return [...said.values()]
}

/** By votes, then by score: the mean of those who voted, or else the greatest. */
function ranked(classes: readonly Said[], voted: boolean): ClassScore[] {
  return classes
    .map(({ label, scores, members }) => {
      const score = voted ? scores.reduce((sum, one) => sum + one, 0) / scores.length : Math.max(...scores)
      return { votes: voted ? members.size : 0, class: scores.length === 0 ? { label } : { label, score } }
    })
    .sort((a, b) => b.votes - a.votes || (b.class.score ?? 1) - (a.class.score ?? 1))
    .map((entry) => entry.class)
}
