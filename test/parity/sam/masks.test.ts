import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { SamPictureOptions } from '../../../src/adapters/sam/model/index.js'
import { compareAll, readReferences, summarise } from '../../adapters/sam/references.js'
import { hasZoo, zoo } from './zoo.js'

/** Each model, its options, and the least IoU of a mask: SAM 2's references were resized without smoothing. */
const MODELS = [
  ['sam-hf', {}, 0.99],
  ['sam-meta', {}, 0.99],
  ['sam2-hf', { antialias: false }, 0.99],
  ['sam2-hf', {}, 0.97],
] as const

it.skipIf(!hasZoo).each(MODELS)('%s %o: the same masks as the original', async (folder, picture, least) => {
  const { count, worse, scoreError } = await compare(folder, picture, `${zoo}/${folder}/reference`, least)
  expect(count).toBeGreaterThan(50)
  expect(worse).toEqual([])
  expect(scoreError).toBeLessThanOrEqual(0.01)
})

/** Recorded by `make-references.py`; a JPEG is decoded a little differently there. */
it.skipIf(!hasZoo).each(['sam-hf', 'sam-meta'])(
  '%s: the same masks on tall, wide, tiny, grey, transparent and EXIF-turned pictures',
  async (folder) => {
    const references = fileURLToPath(new URL(`references/${folder}`, import.meta.url))
    const { count, worse, scoreError } = await compare(folder, {}, references, 0.99)
    expect(count).toBeGreaterThanOrEqual(18)
    expect(worse).toEqual([])
    expect(scoreError).toBeLessThanOrEqual(0.01)
  },
)

async function compare(folder: string, picture: SamPictureOptions, recorded: string, least: number) {
  const compared = await compareAll({ model: `${zoo}/${folder}`, picture }, readReferences(recorded), {
    picture: ({ image }) => `${zoo}/images/${image}`,
    mask: ({ mask_png }) => `${recorded}/masks/${mask_png}`,
  })
  const summary = summarise(compared)
  const { count, lowest, mean, scoreError } = summary
  console.info(
    `${folder}: ${count} masks, IoU mean ${mean.toFixed(5)}, lowest ${lowest.toFixed(5)}, scores within ${scoreError}`,
  )
  return { ...summary, worse: compared.filter(({ iou }) => iou < least) }
}
