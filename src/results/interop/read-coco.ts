import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import type { Finding, MaskPixels } from '../findings.js'
import type { Size } from '../geometry/index.js'
import { decodeCocoRle, fillPolygons } from '../mask/index.js'
import type { ImportedImage } from './imported-image.js'

const id = z.union([z.number(), z.string()])
const size = z.number().positive()
const annotation = z.object({
  image_id: id,
  category_id: id,
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  segmentation: z
    .union([
      z.array(z.array(z.number())),
      z.object({ size: z.tuple([z.int(), z.int()]), counts: z.union([z.string(), z.array(z.int())]) }),
    ])
    .optional(),
  keypoints: z.array(z.number()).optional(),
  score: z.number().optional(),
})
const dataset = z.object({
  images: z.array(z.object({ id, file_name: z.string(), width: size, height: size })),
  categories: z.array(z.object({ id, name: z.string(), keypoints: z.array(z.string()).optional() })),
  annotations: z.array(annotation).default([]),
})
type Annotation = z.infer<typeof annotation>
type Category = z.infer<typeof dataset>['categories'][number]

/**
 * A COCO data set → pictures with findings: a mask where there is a segmentation, a skeleton where there are key points,
 * else a box.
 *
 * @param data the parsed `instances.json`, `person_keypoints.json` or the like
 * @param results the parsed list of a results file, in place of the data set's own annotations
 * @throws PrelabelError `broken-coco` with the path of the first thing that is not as it must be
 */
export function readCoco(data: unknown, results?: unknown): ImportedImage[] {
  const { images, categories, annotations } = parsed(dataset, data, 'dataset')
  const all = results === undefined ? annotations : parsed(z.array(annotation), results, 'results')
  const names = new Map(categories.map((category) => [category.id, category]))
  const byImage = new Map<string | number, Finding[]>(images.map(({ id }) => [id, []]))
  const sizes = new Map(images.map((image) => [image.id, image]))
  all.forEach((one, index) => {
    const category = names.get(one.category_id)
    const image = sizes.get(one.image_id)
    if (category === undefined)
      throw broken(`annotations[${index}].category_id`, `no category has the id ${one.category_id}`)
    if (image === undefined) throw broken(`annotations[${index}].image_id`, `no image has the id ${one.image_id}`)
    const finding = findingOf(one, category, image)
    if (finding !== undefined) byImage.get(image.id)?.push(finding)
  })
  return images.map(({ id, file_name, width, height }) => ({
    fileName: file_name,
    width,
    height,
    findings: byImage.get(id) ?? [],
  }))
}

function findingOf(one: Annotation, category: Category, image: Size): Finding | undefined {
  const named = { label: category.name, ...(one.score === undefined ? {} : { score: one.score }) }
  const box = one.bbox && { x: one.bbox[0], y: one.bbox[1], width: one.bbox[2], height: one.bbox[3] }
  const boxed = box === undefined ? {} : { box }
  if (one.keypoints?.some((number) => number !== 0)) {
    return { kind: 'pose', ...named, ...boxed, points: pointsOf(one.keypoints, category) }
  }
  const mask = maskOf(one.segmentation, image)
  if (mask !== undefined) return { kind: 'mask', ...named, ...boxed, mask }
  return box && { kind: 'detection', ...named, box }
}

/** Key points come as x, y, visibility; those of visibility 0 are not there, and score 0. */
function pointsOf(numbers: readonly number[], { keypoints }: Category) {
  return Array.from({ length: Math.floor(numbers.length / 3) }, (_, index) => {
    const label = keypoints?.[index]
    const point = { x: numbers[index * 3] ?? 0, y: numbers[index * 3 + 1] ?? 0 }
    const seen = numbers[index * 3 + 2] !== 0
    return { ...point, ...(label === undefined ? {} : { label }), ...(seen ? {} : { score: 0 }) }
  })
}

function maskOf(segmentation: Annotation['segmentation'], { width, height }: Size): MaskPixels | undefined {
  if (segmentation === undefined) return undefined
  if (!Array.isArray(segmentation)) return decodeCocoRle(segmentation)
  const rings = segmentation.map((numbers) =>
    Array.from({ length: Math.floor(numbers.length / 2) }, (_, index) => ({
      x: numbers[index * 2] ?? 0,
      y: numbers[index * 2 + 1] ?? 0,
    })),
  )
  return rings.length === 0 ? undefined : fillPolygons(rings, width, height)
}

function parsed<T extends z.ZodType>(schema: T, data: unknown, what: string): z.infer<T> {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw broken([what, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'not as it must be')
}

function broken(path: string, message: string): PrelabelError {
  return new PrelabelError(`the COCO data cannot be read: ${message}`, { code: 'broken-coco', path })
}
