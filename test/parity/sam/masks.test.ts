import { expect, it } from 'vitest'
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
  const references = readReferences(`${zoo}/${folder}/reference`)
  const compared = await compareAll({ model: `${zoo}/${folder}`, picture }, references, {
    picture: ({ image }) => `${zoo}/images/${image}`,
    mask: ({ mask_png }) => `${zoo}/${folder}/reference/masks/${mask_png}`,
  })
  const { count, lowest, mean, scoreError } = summarise(compared)
  console.info(
    `${folder}: ${count} masks, IoU mean ${mean.toFixed(5)}, lowest ${lowest.toFixed(5)}, scores within ${scoreError}`,
  )
  expect(count).toBeGreaterThan(50)
  expect(compared.filter(({ iou }) => iou < least)).toEqual([])
  expect(scoreError).toBeLessThanOrEqual(0.01)
})
