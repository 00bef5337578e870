/** What was drawn, in the words of the model. */

import type { Size } from '../../../results/geometry/index.js'
import type { Prompt, PromptKind } from '../../../results/read/prompt.js'
import type { PromptPoint, SamPrompt } from '../model/index.js'
import { type AreaKind, drawnArea } from './drawn-area.js'
import { spreadPoints } from './spread-points.js'

/** What may be drawn to ask the model. */
export const SAM_PROMPTS = [
  'keypoint',
  'rectangle',
  'ellipse',
  'polygon',
  'brush',
  'bitmask',
] as const satisfies readonly PromptKind[]

/** Points that stand for a brush stroke: enough to follow it, few enough for models trained on a handful of clicks. */
const STROKE_POINTS = 5

/** One thing that is meant, and the label it was drawn with. */
export interface Meant {
  readonly prompt: SamPrompt
  readonly label: string | undefined
  /** Whether it is clicks alone, to which more may be added. */
  readonly clicks: boolean
}

/**
 * Each area is a thing of its own, and so is each stroke. All clicks of a label together mean one thing; where areas were
 * drawn too, they belong to the area in which they lie.
 *
 * @throws PrelabelError `broken-brush`, `broken-bitmask`, … for strokes that cannot be read
 */
export function toSamPrompts(drawn: readonly Prompt[], picture: Size): readonly Meant[] {
  const labels = [...new Set(drawn.map(({ labels: [label] }) => label))]
  return labels.flatMap((label) => {
    const own = drawn.filter(({ labels: [first] }) => first === label)
    return [...areasOf(own, picture), ...strokesOf(own)].map((one) => ({ ...one, label }))
  })
}

type Unlabelled = Omit<Meant, 'label'>

function areasOf(drawn: readonly Prompt[], picture: Size): Unlabelled[] {
  const clicks = drawn.flatMap(({ shape, positive }): PromptPoint[] =>
    shape.kind === 'keypoint' ? [{ x: shape.x, y: shape.y, positive }] : [],
  )
  const taken = new Set<PromptPoint>()
  const areas = drawn.flatMap(({ shape }): Unlabelled[] => {
    const area = isArea(shape) ? drawnArea(shape, picture) : undefined
    if (area === undefined) return []
    const points = clicks.filter(({ x, y }) => isInside(area.box, x, y))
    for (const point of points) taken.add(point)
    return [{ prompt: { ...area, points }, clicks: false }]
  })
  const rest = clicks.filter((click) => !taken.has(click))
  // Clicks that say only where the thing is not say nothing.
  return rest.some(({ positive }) => positive) ? [...areas, { prompt: { points: rest }, clicks: true }] : areas
}

function isArea(shape: Prompt['shape']): shape is Prompt<AreaKind>['shape'] {
  return shape.kind === 'rectangle' || shape.kind === 'ellipse' || shape.kind === 'polygon'
}

function isInside({ x, y, width, height }: NonNullable<SamPrompt['box']>, atX: number, atY: number): boolean {
  return atX >= x && atX <= x + width && atY >= y && atY <= y + height
}

function strokesOf(drawn: readonly Prompt[]): Unlabelled[] {
  return drawn.flatMap(({ shape }): Unlabelled[] => {
    if (shape.kind !== 'brush' && shape.kind !== 'bitmask') return []
    const points = spreadPoints(shape.mask, STROKE_POINTS).map((point) => ({ ...point, positive: true }))
    return points.length === 0 ? [] : [{ prompt: { points }, clicks: false }]
  })
}
