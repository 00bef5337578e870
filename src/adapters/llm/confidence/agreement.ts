/** One answer from several: what most samples say, and the share that says it. */

import type { Box, Detection, Finding, FreeText, Span } from '../../../results/findings.js'
import { boxIou } from '../../../results/geometry/index.js'
import { classMeaning } from '../forms/class-meaning.js'

type Sample = readonly Finding[]

/** More than half of the samples have to agree on a thing that is found or not: a span, a box, one of many labels. */
const MAJORITY = 0.5
/** Boxes of two samples are the same thing from this overlap on. */
const SAME_BOX = 0.5

/**
 * Joins samples of one control. Scores become shares: of samples that chose this class, this number, this order; for
 * things found or not, those in more than half of the samples are kept; of written texts, the one closest to the others.
 */
export function agree(samples: readonly Sample[]): readonly Finding[] {
  const [first] = samples.flat()
  if (first === undefined) return []
  switch (first.kind) {
    case 'classification':
      return agreeOnClasses(samples)
    case 'span':
      return agreeOnSpans(samples)
    case 'detection':
      return agreeOnBoxes(samples)
    case 'text':
      return agreeOnText(samples)
    default:
      return mostFrequent(samples)
  }
}

function agreeOnClasses(samples: readonly Sample[]): readonly Finding[] {
  const said = samples.map((sample) =>
    sample.flatMap((finding) => (finding.kind === 'classification' ? finding.classes : [])),
  )
  const single = said.every((classes) => classes.length <= 1)
  const byMeaning = new Map(said.flat().map((one) => [classMeaning(one), one]))
  const votes = countBy(said.flatMap((classes) => [...new Set(classes.map(classMeaning))]))
  const none = said.filter((classes) => classes.length === 0).length
  const ranked = [...byMeaning]
    .map(([meant, one]) => ({ ...one, score: (votes.get(meant) ?? 0) / samples.length }))
    .sort((a, b) => b.score - a.score)
  const [best] = ranked
  if (best === undefined || (single && best.score < none / samples.length)) return []
  const kept = single ? [best] : ranked.filter(({ score }) => score > MAJORITY)
  return kept.length === 0 ? [] : [{ kind: 'classification', classes: kept }]
}

function agreeOnSpans(samples: readonly Sample[]): readonly Finding[] {
  const keyOf = ({ label, start, end, utterance }: Span) => JSON.stringify([label, start, end, utterance ?? null])
  const spans = samples.map(
    (sample) =>
      new Map(sample.flatMap((finding) => (finding.kind === 'span' ? [[keyOf(finding), finding] as const] : []))),
  )
  const all = new Map(spans.flatMap((found) => [...found]))
  return [...all].flatMap(([key, span]) => {
    const score = spans.filter((found) => found.has(key)).length / samples.length
    return score > MAJORITY ? [{ ...span, score }] : []
  })
}

function agreeOnBoxes(samples: readonly Sample[]): readonly Finding[] {
  const groups: { readonly first: Finding & Detection; readonly boxes: Map<number, Box> }[] = []
  for (const [index, sample] of samples.entries()) {
    for (const finding of sample) {
      if (finding.kind !== 'detection') continue
      const group = groups.find(
        ({ first, boxes }) =>
          first.label === finding.label &&
          first.itemIndex === finding.itemIndex &&
          !boxes.has(index) &&
          [...boxes.values()].some((box) => boxIou(box, finding.box) >= SAME_BOX),
      )
      if (group === undefined) groups.push({ first: finding, boxes: new Map([[index, finding.box]]) })
      else group.boxes.set(index, finding.box)
    }
  }
  return groups.flatMap(({ first, boxes }) => {
    const score = boxes.size / samples.length
    return score > MAJORITY ? [{ ...first, box: meanBox([...boxes.values()]), score }] : []
  })
}

function agreeOnText(samples: readonly Sample[]): readonly Finding[] {
  const texts = samples.flatMap((sample) => sample.flatMap((finding) => (finding.kind === 'text' ? [finding] : [])))
  if (texts.length <= samples.length / 2) return []
  const bags = texts.map(({ text }) => wordsOf(text))
  const closeness = bags.map((bag, index) => {
    const others = bags.filter((_, other) => other !== index)
    return others.reduce((sum, other) => sum + jaccard(bag, other), 0) / Math.max(1, samples.length - 1)
  })
  const best = closeness.indexOf(Math.max(...closeness))
  return texts.slice(best, best + 1).map((finding) => ({ ...finding, score: closeness[best] ?? 0 }))
}

/** The findings that most samples give, word for word; nothing when more of them say nothing. */
function mostFrequent(samples: readonly Sample[]): readonly Finding[] {
  const keyed = samples.map((sample) =>
    JSON.stringify(sample.map(({ ...finding }) => ({ ...finding, score: undefined }))),
  )
  const [winner, count] = [...countBy(keyed)].sort(([, a], [, b]) => b - a)[0] ?? ['', 0]
  const chosen = samples[keyed.indexOf(winner)] ?? []
  return chosen.map((finding) => ({ ...finding, score: count / samples.length }))
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

function meanBox(boxes: readonly Box[]): Box {
  const mean = (of: (box: Box) => number) => boxes.reduce((sum, box) => sum + of(box), 0) / boxes.length
  return {
    x: mean(({ x }) => x),
    y: mean(({ y }) => y),
    width: mean(({ width }) => width),
    height: mean(({ height }) => height),
  }
}

function wordsOf(text: FreeText['text']): Set<string> {
  return new Set((typeof text === 'string' ? text : text.join(' ')).toLowerCase().match(/[\p{L}\p{N}]+/gu))
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length
  const all = a.size + b.size - shared
  return all === 0 ? 1 : shared / all
}
