import type { ControlTag } from '../../../config/index.js'
import type { ClassScore, Finding, Timeline } from '../../../results/findings.js'
import { controlThresholds, type ThresholdOptions } from '../control-thresholds.js'
import type { Collector } from './collector.js'
import type { ParsedVideoSettings } from './video-settings.js'

/** Frames in which a class is seen, with short gaps. */
interface Range {
  readonly label: string
  readonly start: number
  end: number
  lastTurn: number
  frames: number
  /** Of the best score in each frame. */
  sum: number
}

/**
 * Over which frames a class is seen, for a `<TimelineLabels>`: anything of it in a frame, or the frame as a whole. Each
 * range is a region of its own, since the editor changes regions of one range; its score is the mean of the best in each
 * frame.
 */
export function collectRanges(
  control: ControlTag,
  names: readonly string[],
  options: ThresholdOptions,
  { maxGap, minFrames }: ParsedVideoSettings,
): Collector {
  const { floors } = controlThresholds(names, [control], [control], options)
  const floorOf = new Map(names.map((name, index) => [name, floors[index] ?? 1]))
  const ranges: Range[] = []
  const open = new Map<string, Range>()
  let turn = 0

  return {
    floors,
    add({ frame, findings }) {
      turn++
      for (const [label, score] of bestByClass(findings)) {
        if (score <= (floorOf.get(label) ?? 1)) continue
        const before = open.get(label)
        const goesOn = before !== undefined && turn - before.lastTurn - 1 <= maxGap
        const range = goesOn ? before : { label, start: frame, end: frame, lastTurn: turn, frames: 0, sum: 0 }
        if (!goesOn) ranges.push(range)
        open.set(label, range)
        range.end = frame
        range.lastTurn = turn
        range.frames++
        range.sum += score
      }
    },
    end() {
      const enough = Math.min(minFrames, turn)
      return ranges
        .filter(({ frames }) => frames >= enough)
        .map(
          ({ label, start, end, frames, sum }): Timeline => ({
            kind: 'timeline',
            label,
            score: Math.min(1, sum / frames),
            ranges: [{ start, end }],
          }),
        )
        .map((timeline) => ({ ...timeline, control: control.name }))
    },
  }
}

function bestByClass(findings: readonly Finding[]): Map<string, number> {
  const best = new Map<string, number>()
  for (const { label, score = 1 } of findings.flatMap(classesOf)) best.set(label, Math.max(score, best.get(label) ?? 0))
  return best
}

function classesOf(finding: Finding): readonly ClassScore[] {
  if (finding.kind === 'classification') return finding.classes
  return 'label' in finding ? [finding] : []
}
