import type { Classification, ClassScore, Finding, NodeScore } from '../../results/findings.js'
import type { MergeOptions, Voice } from './merge-findings.js'

type ClassFinding = Classification & Finding

export function isClassification(finding: Finding): finding is ClassFinding {
  return finding.kind === 'classification'
}

interface Said {
  /** The class as it was said first. */
  readonly said: ClassScore | NodeScore
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

/** What was said, by meaning; the class said first for it stands for all. */
function count(
  group: readonly { readonly finding: ClassFinding; readonly member: number }[],
  meaningOf: (className: string) => string,
): Said[] {
  const all = group.flatMap(({ finding, member }) => finding.classes.map((entry) => ({ entry, member })))
  const paths = new Set(all.flatMap(({ entry }) => pathOf(entry) ?? []))
  const said = new Map<string, Said>()
  for (const { entry, member } of all) {
    const key = pathOf(entry) ?? onlyPath(paths, meaningOf(entry.label)) ?? meaningOf(entry.label)
    const known = said.get(key) ?? { said: entry, scores: [], members: new Set<number>() }
    if (entry.score !== undefined) known.scores.push(entry.score)
    known.members.add(member)
    said.set(key, pathOf(known.said) === undefined && pathOf(entry) !== undefined ? { ...known, said: entry } : known)
  }
  return [...said.values()]
}

/** The node of a tree that is meant, as a key. */
function pathOf(entry: ClassScore | NodeScore): string | undefined {
  return 'path' in entry ? JSON.stringify(entry.path) : undefined
}

/** The node that a label without a path means, when only one of those that were said ends with it. */
function onlyPath(paths: ReadonlySet<string>, label: string): string | undefined {
  const ends = [...paths].filter(
    (path) => path.endsWith(`,${JSON.stringify(label)}]`) || path === JSON.stringify([label]),
  )
  return ends.length === 1 ? ends[0] : undefined
}

/** By votes, then by score: the mean of those who voted, or else the greatest. */
function ranked(classes: readonly Said[], voted: boolean): (ClassScore | NodeScore)[] {
  return classes
    .map(({ said: { score: _, ...entry }, scores, members }) => {
      if (scores.length === 0) return { votes: members.size, score: 1, entry }
      const score = voted ? scores.reduce((sum, one) => sum + one, 0) / scores.length : Math.max(...scores)
      return { votes: members.size, score, entry: { ...entry, score } }
    })
    .sort((a, b) => (voted ? b.votes - a.votes : 0) || b.score - a.score)
    .map(({ entry }) => entry)
}
