/** Asks a backend as Label Studio's editor does when somebody draws. */

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Backend } from '../../../src/backend/index.js'
import type { MaskPixels } from '../../../src/results/findings.js'
import { metaReferences, referenceFiles } from './fixtures.js'
import { type ReferencePrompt, readMask } from './references.js'

export const TINY = fileURLToPath(new URL('../../../examples/models/sam-tiny', import.meta.url))

const files = referenceFiles('sam-meta')

/** A picture about which the original was asked, by the beginning of its name. */
export function recordedPicture(name: string) {
  const reference = metaReferences.find(({ image }) => image.startsWith(name))
  if (reference === undefined) throw new Error(`no reference for ${name}`)
  const [, width = 0, height = 0] = (/_(\d+)x(\d+)/.exec(reference.image) ?? []).map(Number)
  return { file: files.picture(reference), size: { width, height }, prompts: reference.prompts }
}

/** The mask that the original gave. */
export function recordedMask(prompt: ReferencePrompt): Promise<MaskPixels> {
  return readMask(files.mask(prompt))
}

export interface Ask {
  readonly config: string
  readonly image: string
  readonly context?: unknown
  readonly id?: number
  readonly signal?: AbortSignal
}

const answeredResult = z.looseObject({
  type: z.string(),
  from_name: z.string(),
  to_name: z.string(),
  score: z.number().optional(),
  item_index: z.number().optional(),
  original_width: z.number().optional(),
  original_height: z.number().optional(),
  value: z.looseObject({ rle: z.array(z.number()).optional() }),
})

const answered = z.object({
  results: z.array(z.union([z.object({ result: z.array(answeredResult) }), z.tuple([])])),
  errors: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string().optional() })).default([]),
})

export type Answered = z.output<typeof answered>
export type AnsweredResult = z.output<typeof answeredResult>

/** The results for the one task that was asked about. */
export function resultsOf({ results: [first] }: Answered): readonly AnsweredResult[] {
  return first !== undefined && 'result' in first ? first.result : []
}

export async function ask(backend: Backend, { config, image, context = null, id = 1, signal }: Ask): Promise<Answered> {
  const request = new Request('http://backend/predict', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(signal === undefined ? {} : { signal }),
    body: JSON.stringify({
      tasks: [{ id, annotations: [], drafts: [], predictions: [], data: { image } }],
      project: '1.1795299628',
      label_config: config,
      params: { login: null, password: null, context },
    }),
  })
  return answered.parse(await (await backend.fetch(request)).json())
}

/** A picture as it may stand in a task. */
export async function dataUri(file: string): Promise<string> {
  return `data:image/png;base64,${(await readFile(file)).toString('base64')}`
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** A click, in pixels. */
export function click(
  [x, y]: readonly [number, number],
  { width, height }: Size,
  values: Record<string, unknown> = {},
) {
  return {
    id: `${x} ${y}`,
    type: 'keypointlabels',
    from_name: 'point',
    to_name: 'photo',
    origin: 'manual',
    is_positive: true,
    original_width: width,
    original_height: height,
    image_rotation: 0,
    value: { x: (x / width) * 100, y: (y / height) * 100, width: 0.3, labels: ['Shape'], keypointlabels: ['Shape'] },
    ...values,
  }
}
