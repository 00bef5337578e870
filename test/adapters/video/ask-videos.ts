import { expect } from 'vitest'
import { z } from 'zod'
import type { Adapter } from '../../../src/adapters/adapter.js'
import { type YoloOptions, yolo } from '../../../src/adapters/yolo/index.js'
import { createBackend } from '../../../src/backend/index.js'
import { parseConfig } from '../../../src/config/index.js'
import { type Box, validatePrediction } from '../../../src/results/index.js'
import { silent } from '../yolo/picture-item.js'

export const NANODET = 'examples/models/nanodet-coco/model.onnx'

const keyFrame = z.strictObject({
  frame: z.int().min(1),
  enabled: z.boolean(),
  rotation: z.number(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  time: z.number(),
})

const track = z.looseObject({
  type: z.literal('videorectangle'),
  from_name: z.string(),
  score: z.number(),
  value: z.strictObject({
    framesCount: z.int(),
    duration: z.number(),
    sequence: z.array(keyFrame).min(1),
    labels: z.array(z.string()).optional(),
  }),
})
export type TrackResult = z.output<typeof track>

const range = z.looseObject({
  type: z.literal('timelinelabels'),
  from_name: z.string(),
  score: z.number(),
  value: z.strictObject({
    ranges: z.tuple([z.strictObject({ start: z.int(), end: z.int() })]),
    timelinelabels: z.tuple([z.string()]),
  }),
})

const result = z.union([track, range])
export type VideoResult = z.output<typeof result>
const prediction = z.looseObject({ result: z.array(result) })
const answer = z.object({ results: z.array(z.union([prediction, z.tuple([])])) })

/** What the backend said of one video; undefined for a task that failed. */
export type Said = readonly VideoResult[] | undefined

/**
 * The backend's answers to tasks with a video each, by the protocol. Every prediction is held against the validation of
 * the results room.
 *
 * @param video attributes of the `<Video>`
 */
export async function askVideos(
  controls: string,
  tasks: readonly Readonly<Record<string, unknown>>[],
  options: YoloOptions | Adapter = { model: NANODET },
  video = '',
): Promise<{ said: Said[]; failures: string[]; predictions: unknown[]; xml: string }> {
  const xml = `<View><Video name="clip" value="$clip" ${video}/>${controls}</View>`
  const failures: string[] = []
  const logger = { ...silent, error: (fields: object) => failures.push(JSON.stringify(fields)) }
  const config = parseConfig(xml)
  const adapter = 'fills' in options ? options : yolo(options)
  // Longer than Label Studio would wait: whatever else the machine does, the answer itself is looked at.
  const limits = { deadlineMs: 300_000 }
  const backend = createBackend({ config, adapters: [adapter], logger, limits, media: { roots: ['/'] } })
  try {
    const body = JSON.stringify({ tasks: tasks.map((data, id) => ({ id, data })), label_config: xml })
    const headers = { 'content-type': 'application/json' }
    const response = await backend.fetch(new Request('http://localhost/predict', { method: 'POST', body, headers }))
    const { results } = answer.parse(await response.json())
    for (const [i, one] of results.entries()) {
      if (!('result' in one)) continue
      expect(validatePrediction(config, { ...one }, { task: { id: i, data: tasks[i] ?? {} } })).toEqual([])
    }
    return {
      said: results.map((one) => ('result' in one ? one.result : undefined)),
      failures,
      predictions: results,
      xml,
    }
  } finally {
    await backend.dispose()
  }
}

/** A rectangle at a frame, as the editor has it. */
interface Key extends Box {
  readonly frame: number
  readonly enabled?: boolean
}

/** The box that the editor shows at a frame: in a straight line from key frame to key frame; undefined where none is shown. */
export function shownAt(sequence: readonly Key[], frame: number): Box | undefined {
  const before = sequence.filter((key) => key.frame <= frame).at(-1)
  if (before === undefined || (before.frame !== frame && before.enabled === false)) return undefined
  const after = sequence.find((key) => key.frame > frame)
  if (before.frame === frame || after === undefined) return before
  const part = (frame - before.frame) / (after.frame - before.frame)
  const mix = (side: 'x' | 'y' | 'width' | 'height') => before[side] + (after[side] - before[side]) * part
  return { x: mix('x'), y: mix('y'), width: mix('width'), height: mix('height') }
}
