import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { loadYoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../../../src/adapters/yolo/options.js'
import type { Finding } from '../../../src/results/findings.js'

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
            /** x and y, and the confidence where the model gives it. */
            keypoints: z.array(z.array(z.number()).min(2).max(3)).optional(),
            /** Places of the pixels inside, row after row. */
            mask_pixels: z.array(z.int()).optional(),
          }),
        )
        .default([]),
      obb: z.array(found.extend({ xywhr: five })).default([]),
      probs: z.record(z.string(), z.number()).default({}),
    }),
  ),
})
export type References = z.output<typeof schema>

/** Reads recorded answers. Boxes without area, which cannot be drawn and are not given, are left out. */
export function readReferences(file: string): References {
  const recorded = schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const hasArea = ({ xyxy: [x1, y1, x2, y2] }: { xyxy: readonly [number, number, number, number] }) =>
    x2 > x1 && y2 > y1
  const results = recorded.results.map((result) => ({ ...result, boxes: result.boxes.filter(hasArea) }))
  return { ...recorded, results }
}

/**
 * Runs the model of references on their pictures, with their settings.
 *
 * @param picturePath the file of a picture, by its name in the references
 */
export async function findAllIn(
  folder: string,
  { model: file, settings, results }: References,
  picturePath: (image: string) => string,
): Promise<(Finding[] | Error)[]> {
  const model = await loadYoloModel(
    parseYoloOptions({
      model: `${folder}/${file}`,
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
