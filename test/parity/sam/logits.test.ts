import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { openSam } from '../../adapters/sam/references.js'
import { hasZoo, zoo } from './zoo.js'

const folder = `${zoo}/sam-hf`
const schema = z.object({
  results: z.array(
    z.object({
      resized_png: z.string(),
      prompts: z.array(
        z.object({
          labels: z.array(z.number()).default([]),
          processed: z.object({
            input_points: z.array(z.array(z.array(z.tuple([z.number(), z.number()])))).optional(),
            input_boxes: z.array(z.array(z.tuple([z.number(), z.number(), z.number(), z.number()]))).optional(),
          }),
          best: z.number(),
          pred_masks_low: z
            .object({ file: z.string(), shape: z.tuple([z.number(), z.number(), z.number()]) })
            .optional(),
        }),
      ),
    }),
  ),
})

it.skipIf(!hasZoo)('sam-hf: the same logits, from the pictures as the original resized them', async () => {
  const { results } = schema.parse(JSON.parse(await readFile(`${folder}/reference/cases.json`, 'utf8')))
  const model = await openSam({ model: folder })
  let compared = 0
  for (const { resized_png, prompts } of results) {
    const embedding = await model.encode({ bytes: await readFile(`${folder}/reference/${resized_png}`) })
    for (const { labels, processed, best, pred_masks_low } of prompts) {
      if (pred_masks_low === undefined) continue
      const [, height, width] = pred_masks_low.shape
      const bytes = await readFile(`${folder}/reference/${pred_masks_low.file}`)
      const all = new Float32Array(Uint8Array.from(bytes).buffer)
      const expected = all.subarray(best * height * width, (best + 1) * height * width)
      const points = processed.input_points?.[0]?.[0] ?? []
      const [left, top, right, bottom] = processed.input_boxes?.[0]?.[0] ?? []
      const { lowRes } = await model.decode(embedding, {
        points: points.map(([x, y], i) => ({ x, y, positive: labels[i] === 1 })),
        ...(left === undefined || top === undefined || right === undefined || bottom === undefined
          ? {}
          : { box: { x: left, y: top, width: right - left, height: bottom - top } }),
      })
      const error = lowRes.data.reduce((most, logit, i) => Math.max(most, Math.abs(logit - (expected[i] ?? 99))), 0)
      expect(error).toBeLessThan(0.001)
      compared++
    }
  }
  await model.dispose()
  console.info(`sam-hf: the logits of ${compared} masks`)
  expect(compared).toBeGreaterThanOrEqual(18)
})
