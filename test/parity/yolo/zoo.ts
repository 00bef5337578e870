import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { loadYoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../../../src/adapters/yolo/options.js'
import type { Finding } from '../../../src/results/findings.js'

export const zoo = resolve(process.env.PRELABEL_SHARED ?? '../shared', 'zoo')
/** Whether the models and recorded answers are there. */
export const hasZoo = existsSync(zoo)
if (!hasZoo) console.info(`skipped: ${zoo} is not there; set PRELABEL_SHARED`)

const xyxy = z.tuple([z.number(), z.number(), z.number(), z.number()])
const five = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])
const found = z.object({ name: z.string(), conf: z.number() })

/** The recorded answers of the original implementation, in the forms of all tasks. */
const schema = z.object({
  model: z.string().default('model.onnx'),
  settings: z.object({ conf: z.number(), iou: z.number(), max_det: z.number(), agnostic_nms: z.boolean() }).or(
    z
      .object({
        conf_thres: z.number(),
        iou_thres: z.number(),
        max_det: z.number(),
        agnostic: z.boolean(),
        multi_label: z.boolean().default(false),
      })
      .transform((classic) => ({
        conf: classic.conf_thres,
        iou: classic.iou_thres,
        max_det: classic.max_det,
        agnostic_nms: classic.agnostic,
        multi_label: classic.multi_label,
      })),
  ),
  results: z.array(
    z.object({
      image: z.string(),
      orig_shape_hw: z.tuple([z.number(), z.number()]),
      boxes: z
        .array(
          found.extend({
            xyxy,
            mask_full_png: z.string().optional(),
            keypoints_xy_conf: z.array(z.tuple([z.number(), z.number(), z.number()])).optional(),
          }),
        )
        .default([]),
      obb: z.array(found.extend({ xywhr: five })).default([]),
      probs: z.record(z.string(), z.number()).default({}),
    }),
  ),
})
export type References = z.output<typeof schema>

/** Boxes without area, which cannot be drawn and are not given, are left out. */
export function references(folder: string, file: string): References {
  const recorded = schema.parse(JSON.parse(readFileSync(`${zoo}/${folder}/reference/${file}.json`, 'utf8')))
  const hasArea = ({ xyxy: [x1, y1, x2, y2] }: { xyxy: readonly [number, number, number, number] }) =>
    x2 > x1 && y2 > y1
  const results = recorded.results.map((result) => ({ ...result, boxes: result.boxes.filter(hasArea) }))
  return { ...recorded, results }
}

/** The file of a picture of the references. */
export function picturePath(image: string): string {
  const drawn = `${zoo}/images/${image}`
  return existsSync(drawn) ? drawn : `${zoo}/photos/${image}`
}

/** Runs a model on all pictures of its references, with the settings of the references. */
export async function findAll(
  folder: string,
  { model: file, settings, results }: References,
): Promise<(Finding[] | Error)[]> {
  const model = await loadYoloModel(
    parseYoloOptions({
      model: `${zoo}/${folder}/${file}`,
      iouThreshold: settings.iou,
      maxDetections: settings.max_det,
      agnosticNms: settings.agnostic_nms,
      multiLabel: 'multi_label' in settings && settings.multi_label,
    }),
  )
  try {
    const pictures = await Promise.all(
      results.map(async ({ image }) => ({ bytes: await readFile(picturePath(image)) })),
    )
    const floors = pictures.map(() => new Float32Array(model.layout.names.length).fill(settings.conf))
    return await model.find(pictures, floors)
  } finally {
    await model.dispose()
  }
}
