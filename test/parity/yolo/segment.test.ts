import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { decodePicture } from '../../../src/inference/pictures/decode.js'
import type { MaskPixels } from '../../../src/results/findings.js'
import { wholeMask } from '../../../src/results/mask/index.js'
import { boxSimilarity, matchFindings, ofKind, spread } from '../../adapters/yolo/match.js'
import { findAll, hasZoo, references, zoo } from './zoo.js'

it.skipIf(!hasZoo).each(['model_default', 'model_low'])(
  'yolo11-seg %s: the same masks as the original',
  async (file) => {
    const recorded = references('yolo11-seg', file)
    const found = await findAll('yolo11-seg', recorded)
    const matches = recorded.results.flatMap(({ boxes }, i) =>
      matchFindings(ofKind(found[i], 'mask'), boxes, recorded.settings.conf, ({ box }, { xyxy }) =>
        boxSimilarity(box, xyxy),
      ),
    )
    const overlaps: number[] = []
    for (const { finding, reference } of matches) {
      if (reference.mask_full_png === undefined) continue
      const png = await readFile(`${zoo}/yolo11-seg/reference/model_masks/${reference.mask_full_png}`)
      overlaps.push(maskSimilarity(wholeMask(finding.mask), await decodePicture(png)))
    }
    const boxes = spread(matches.map(({ similarity }) => similarity))
    console.info(`yolo11-seg ${file}: ${matches.length} boxes, lowest IoU ${boxes.min.toFixed(5)}`)
    expect(boxes.min).toBeGreaterThanOrEqual(0.97)
    // Masks are recorded for one of the two settings.
    if (file !== 'model_default') return
    expect(overlaps).toHaveLength(matches.length)
    const masks = spread(overlaps)
    console.info(`yolo11-seg ${file}: masks, IoU mean ${masks.mean.toFixed(5)}, lowest ${masks.min.toFixed(5)}`)
    expect(masks.min).toBeGreaterThanOrEqual(0.97)
  },
)

/** Intersection over union of a mask and a picture that is white inside. */
function maskSimilarity(mask: MaskPixels, picture: { width: number; height: number; data: Uint8Array }): number {
  expect([mask.width, mask.height]).toEqual([picture.width, picture.height])
  let [both, either] = [0, 0]
  for (let i = 0; i < mask.data.length; i++) {
    const [ours, theirs] = [mask.data[i] !== 0, (picture.data[i * 3] ?? 0) > 127]
    if (ours && theirs) both++
    if (ours || theirs) either++
  }
  return both / either
}
