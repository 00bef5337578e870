import { findControl, type LabelingConfig } from '../../config/index.js'
import type { Issue } from '../../issues.js'
import { objectNamed } from '../place.js'
import type { ImageSurface } from '../surface.js'
import { createSurfaces, type GivenSurfaces } from '../surfaces.js'
import type { Task } from '../task.js'
import { shapeOf } from '../types/families.js'
import { sizeOf } from '../validate/item.js'
import { isRecord, newIssue } from '../validate/new-issue.js'
import { fitPicture } from './fit-picture.js'
import type { Prompt } from './prompt.js'
import { readResults } from './read-results.js'
import type { Region } from './region.js'

export interface ReadPromptsOptions {
  readonly task: Task
  /** What the objects show, by name; with it shapes are in the units of the loaded picture or text. */
  readonly surfaces: GivenSurfaces
}

export interface ReadPrompts {
  /** In the order in which they were drawn. */
  readonly prompts: readonly Prompt[]
  /** What was drawn and is no prompt, with why. */
  readonly issues: readonly Issue[]
}

/** The kind of what a result draws, told from its names alone; undefined when it draws nothing that is known. */
export function promptKindOf(config: LabelingConfig, result: Readonly<Record<string, unknown>>): string | undefined {
  const { from_name: from, to_name: to } = result
  if (typeof from !== 'string' || typeof to !== 'string') return undefined
  const control = findControl(config, from)
  const object = control === undefined ? undefined : objectNamed(config, to, control)
  return control === undefined || object === undefined ? undefined : shapeOf(control, object)?.kind
}

/** Reads the context of an interactive request. Never throws: what cannot be read is an issue. */
export function readPrompts(
  config: LabelingConfig,
  results: readonly Readonly<Record<string, unknown>>[],
  { task, surfaces: given }: ReadPromptsOptions,
): ReadPrompts {
  const surfaces = createSurfaces(task, given)
  const issues: Issue[] = []
  const pictureOf = (name: unknown, page: unknown) =>
    typeof name === 'string' ? surfaces.size(name, typeof page === 'number' ? page : undefined) : undefined
  const fitting = results.flatMap((result, index): { result: Readonly<Record<string, unknown>>; index: number }[] => {
    const picture = pictureOf(result.to_name, result.item_index)
    const drawnOn = sizeOf(result)
    if (picture === undefined || drawnOn === undefined || isSameSize(picture, drawnOn)) return [{ result, index }]
    if (!isSameShape(picture, drawnOn)) {
      issues.push(otherPicture(`result[${index}]`, drawnOn, picture))
      return []
    }
    // Percent of the picture stay what they are; a mask is scaled below, since it has pixels of its own.
    const resized = { ...result, original_width: picture.width, original_height: picture.height }
    return [{ result: hasPixels(result) ? result : resized, index }]
  })
  const drawn = fitting.map(({ result }) => result)
  const { regions, unread } = readResults(config, drawn, { task, surfaces: given })
  for (const { result, index } of fitting) if (unread.includes(result)) issues.push(unreadable(`result[${index}]`))
  const prompts = regions.flatMap((region) => {
    const picture = pictureOf(region.object, region.page)
    const prompt = promptOf(region, picture)
    if (prompt === undefined) return []
    if (picture === undefined || !isOutside(prompt, picture)) return [prompt]
    issues.push(outside(prompt, picture))
    return []
  })
  return { prompts, issues }
}

function promptOf(region: Region, picture: ImageSurface | undefined): Prompt | undefined {
  const { id, control, object, labels, page, shape, results } = region
  if (shape === undefined) return undefined
  const texts = results.flatMap(({ value: { text } }) => (typeof text === 'string' ? [text] : []))
  return {
    id,
    control,
    object,
    labels: [...new Set(labels)],
    itemIndex: page,
    positive: results.every(({ is_positive: positive }) => positive !== false),
    shape: picture === undefined ? shape : fitPicture(shape, picture),
    text: texts[0],
  }
}

function isOutside({ shape }: Prompt, { width, height }: ImageSurface): boolean {
  return shape.kind === 'keypoint' && (shape.x < 0 || shape.y < 0 || shape.x > width || shape.y > height)
}

function isSameSize(a: ImageSurface, b: ImageSurface): boolean {
  return a.width === b.width && a.height === b.height
}

/** Sides in the same ratio, save what rounding to whole pixels makes of it. */
function isSameShape(a: ImageSurface, b: ImageSurface): boolean {
  const expected = (a.height * b.width) / a.width
  return Math.abs(expected - b.height) <= Math.max(1, 0.01 * b.height)
}

function hasPixels({ value }: Readonly<Record<string, unknown>>): boolean {
  return isRecord(value) && ('rle' in value || 'imageDataURL' in value)
}

function otherPicture(path: string, drawnOn: ImageSurface, picture: ImageSurface): Issue {
  return newIssue(
    'prompt-size-mismatch',
    path,
    `it was drawn on a picture of ${drawnOn.width}×${drawnOn.height}, the task's has ${picture.width}×${picture.height}`,
    { hint: 'Look whether the task still shows the same picture; open it anew.' },
  )
}

function unreadable(path: string): Issue {
  return newIssue('prompt-unreadable', path, 'it names nothing in the config, or holds nothing that could be read')
}

function outside({ id, shape }: Prompt, { width, height }: ImageSurface): Issue {
  const at = shape.kind === 'keypoint' ? ` ${Math.round(shape.x)}, ${Math.round(shape.y)}` : ''
  return newIssue(
    'prompt-outside',
    `region ${id ?? ''}`.trimEnd(),
    `the point${at} is outside the picture of ${width}×${height}`,
  )
}
