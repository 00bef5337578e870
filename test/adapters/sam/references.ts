/** Recorded answers of the original implementations, in the form of the reference files. */

import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { loadSamModel, type SamModelOptions, type SamPrompt } from '../../../src/adapters/sam/model/index.js'
import { samModelOptions } from '../../../src/adapters/sam/model/options.js'
import { decodePicture } from '../../../src/inference/pictures/decode.js'
import type { MaskPixels } from '../../../src/results/findings.js'

const prompt = z.object({
  kind: z.string(),
  points: z.array(z.tuple([z.number(), z.number()])).default([]),
  labels: z.array(z.number()).default([]),
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  iou_scores: z.array(z.number()).optional(),
  predictor_scores: z.array(z.number()).optional(),
  mask_png: z.string(),
})

const schema = z.object({
  results: z.array(
    z.object({
      image: z.string(),
      resized_png: z.string().nullable(),
      prompts: z.array(prompt),
    }),
  ),
})

export type Reference = z.output<typeof schema>['results'][number]
export type ReferencePrompt = Reference['prompts'][number]

export function readReferences(folder: string): Reference[] {
  return schema.parse(JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8'))).results
}

/** A recorded prompt as ours. */
export function toPrompt({ points, labels, box }: ReferencePrompt): SamPrompt {
  return {
    points: points.map(([x, y], i) => ({ x, y, positive: labels[i] === 1 })),
    ...(box === undefined ? {} : { box: { x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1] } }),
  }
}

/** The score of the mask that the original would show: the best of those that are meant for the user. */
export function bestScore({ iou_scores, predictor_scores }: ReferencePrompt): number {
  return Math.max(...(predictor_scores ?? iou_scores ?? []))
}

/** A mask that was recorded as a picture. */
export async function readMask(file: string): Promise<MaskPixels> {
  const { width, height, data } = await decodePicture(await readFile(file))
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => data[i * 3] ?? 0) }
}

/** Pixels that are inside of both, as part of those that are inside of one. */
export function maskIou(a: MaskPixels, b: MaskPixels): number {
  if (a.width !== b.width || a.height !== b.height) return 0
  let both = 0
  let either = 0
  for (let i = 0; i < a.data.length; i++) {
    const [one, another] = [a.data[i] !== 0, b.data[i] !== 0]
    if (one && another) both++
    if (one || another) either++
  }
  return either === 0 ? 1 : both / either
}

/** A model with its options' defaults filled in. */
export function openSam(options: SamModelOptions) {
  return loadSamModel(z.strictObject(samModelOptions).parse(options))
}

export interface Compared {
  readonly name: string
  readonly iou: number
  readonly scoreError: number
}

/** Asks a model all that was recorded. */
export async function compareAll(
  options: SamModelOptions,
  references: readonly Reference[],
  files: { picture(reference: Reference): string; mask(prompt: ReferencePrompt): string },
): Promise<Compared[]> {
  const model = await openSam(options)
  const compared: Compared[] = []
  try {
    for (const reference of references) {
      const embedding = await model.encode({ bytes: await readFile(files.picture(reference)) })
      for (const recorded of reference.prompts) {
        const { mask, score } = await model.decode(embedding, toPrompt(recorded))
        const iou = maskIou(mask, await readMask(files.mask(recorded)))
        compared.push({ name: recorded.mask_png, iou, scoreError: Math.abs(score - bestScore(recorded)) })
      }
    }
  } finally {
    await model.dispose()
  }
  return compared
}

/** The worst of some comparisons, and their mean. */
export function summarise(compared: readonly Compared[]) {
  const ious = compared.map(({ iou }) => iou)
  return {
    count: compared.length,
    lowest: Math.min(...ious),
    mean: ious.reduce((sum, iou) => sum + iou, 0) / ious.length,
    scoreError: Math.max(...compared.map(({ scoreError }) => scoreError)),
  }
}
