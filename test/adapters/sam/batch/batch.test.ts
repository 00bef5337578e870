import { describe, expect, it } from 'vitest'
import { defineAdapter } from '../../../../src/adapters/define-adapter.js'
import { type SamOptions, sam } from '../../../../src/adapters/sam/index.js'
import { createBackend } from '../../../../src/backend/index.js'
import { boxIou, decodeBrush, maskToBox } from '../../../../src/results/index.js'
import { recordingLogger } from '../../../backend/harness.js'
import { ask, click, dataUri, recordedMask, recordedPicture, resultsOf, TINY } from '../ask-sam.js'
import { maskIou } from '../references.js'

const { file: FILE, size: SIZE, prompts } = recordedPicture('s07')

const CONFIG = `
<View>
  <Image name="photo" value="$image"/>
  <BrushLabels name="out" toName="photo"><Label value="Shape"/><Label value="Disc"/></BrushLabels>
</View>`

function open(options: Partial<SamOptions>) {
  const { logger } = recordingLogger()
  // Longer than Label Studio would wait: whatever else the machine does, the answer itself is looked at.
  const limits = { deadlineMs: 300_000, adapterMs: 300_000 }
  return createBackend({ adapters: [sam({ model: TINY, threads: 1, ...options })], logger, limits })
}

/** Finds boxes that were recorded beforehand. */
function boxAdapter(label: string, score: number, unit: 'pixel' | 'fraction') {
  const boxes = prompts.filter(({ kind }) => kind === 'box').flatMap(({ box }) => (box ? [box] : []))
  const [across, down] = unit === 'pixel' ? [1, 1] : [SIZE.width, SIZE.height]
  return defineAdapter({
    name: 'boxes',
    version: '1.0.0',
    fills: { BrushLabels: ['Image'] },
    labelMap: { round: 'Disc' },
    predict: (items) =>
      items.map(() =>
        boxes.map(([left, top, right, bottom]) => ({
          kind: 'detection' as const,
          label,
          score,
          unit,
          box: { x: left / across, y: top / down, width: (right - left) / across, height: (bottom - top) / down },
        })),
      ),
  })
}

describe('boxes of another adapter', () => {
  it('become masks with its labels, as sure as both are', async () => {
    const backend = open({ boxes: boxAdapter('round', 0.5, 'fraction') })
    const results = resultsOf(await ask(backend, { config: CONFIG, image: await dataUri(FILE) }))
    const recorded = prompts.filter(({ kind }) => kind === 'box')
    expect(results).toHaveLength(recorded.length)
    for (const [index, { value, score }] of results.entries()) {
      const expected = recorded[index]
      if (expected === undefined) throw new Error('one too many')
      const mask = decodeBrush(value.rle ?? [], SIZE.width, SIZE.height)
      expect(maskIou(mask, await recordedMask(expected))).toBeGreaterThan(0.97)
      expect(score).toBeCloseTo(0.5 * Math.max(...(expected.predictor_scores ?? [])), 2)
      expect(value.brushlabels).toEqual(['Disc'])
    }
    await backend.dispose()
  })

  it('that fails fails the task, and clicks are answered all the same', async () => {
    const broken = defineAdapter({
      name: 'boxes',
      version: '1.0.0',
      fills: { BrushLabels: ['Image'] },
      predict: () => {
        throw new Error('no idea')
      },
    })
    const config = CONFIG.replace(
      '</View>',
      '<KeyPointLabels name="point" toName="photo" smart="true"><Label value="Shape"/></KeyPointLabels></View>',
    )
    const backend = open({ boxes: broken })
    const image = await dataUri(FILE)
    expect((await ask(backend, { config, image })).errors).toHaveLength(1)
    const context = { result: [click([160, 100], SIZE)] }
    expect((await ask(backend, { config, image, context })).errors).toEqual([])
    await backend.dispose()
  })
})

describe('everything in a picture', () => {
  it('is told apart: each recorded thing has its mask, and no box stands for two', async () => {
    const automatic = { label: 'Shape', pointsPerSide: 6, scoreThreshold: 0.8, stabilityThreshold: 0.8 }
    const backend = open({ automatic })
    const results = resultsOf(await ask(backend, { config: CONFIG, image: await dataUri(FILE) }))
    const masks = results.map(({ value }) => decodeBrush(value.rle ?? [], SIZE.width, SIZE.height))
    const points = prompts.filter(({ kind }) => kind === 'point')
    for (const point of points) {
      const expected = await recordedMask(point)
      expect(Math.max(...masks.map((mask) => maskIou(mask, expected)))).toBeGreaterThan(0.8)
    }
    const boxes = masks.flatMap((mask) => maskToBox(mask) ?? [])
    expect(boxes).toHaveLength(masks.length)
    for (const [index, box] of boxes.entries())
      for (const other of boxes.slice(index + 1)) expect(boxIou(box, other)).toBeLessThanOrEqual(0.7)
    for (const { score } of results) expect(score).toBeGreaterThan(0.8)
    await backend.dispose()
  })
})
