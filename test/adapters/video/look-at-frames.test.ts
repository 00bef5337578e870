import { describe, expect, it } from 'vitest'
import { type FrameModel, lookAtFrames } from '../../../src/adapters/detection/video/look-at-frames.js'
import type { Pixels } from '../../../src/inference/pictures/pixels.js'
import type { VideoFrame } from '../../../src/inference/video/index.js'

const floors = Float32Array.of(0.5)
const { signal } = new AbortController()

/** Pictures of one pixel; `given` counts how many were taken. */
function frames(greys: readonly number[]) {
  const state = { given: 0 }
  async function* all(): AsyncGenerator<VideoFrame> {
    for (const [i, grey] of greys.entries()) {
      state.given++
      yield { frame: i + 1, pixels: { width: 1, height: 1, data: Uint8Array.of(grey, grey, grey) } }
    }
  }
  return { state, all: all() }
}

/** Says the grey of each picture, the later ones sooner. */
function echo(batch: number, more: (pictures: readonly Pixels[]) => void = () => {}): FrameModel {
  return {
    names: ['grey'],
    batch,
    async findInFrames(pictures) {
      more(pictures)
      const greys = pictures.map(({ data }) => data[0] ?? 0)
      for (let turn = 0; turn < 20 - Math.min(19, greys[0] ?? 0); turn++) await null
      return greys.map((grey) => [{ kind: 'classification', classes: [{ label: String(grey) }] }])
    },
  }
}

async function seen(source: AsyncIterable<VideoFrame>, model: FrameModel): Promise<[number, string][]> {
  const all: [number, string][] = []
  for await (const { frame, findings } of lookAtFrames(source, model, floors, signal))
    for (const finding of findings)
      if (finding.kind === 'classification') all.push([frame, finding.classes[0]?.label ?? ''])
  return all
}

describe('lookAtFrames', () => {
  it.each([1, 4])('keeps the order, in runs of %i', async (batch) => {
    const greys = Array.from({ length: 23 }, (_, i) => i)
    const sizes: number[] = []
    const found = await seen(
      frames(greys).all,
      echo(batch, (pictures) => sizes.push(pictures.length)),
    )
    expect(found).toEqual(greys.map((grey, i) => [i + 1, String(grey)]))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(batch)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(23)
  })

  it('does not look again at the picture before', async () => {
    let looked = 0
    const found = await seen(
      frames([7, 7, 7, 8, 8, 7]).all,
      echo(1, (pictures) => (looked += pictures.length)),
    )
    expect(found.map(([, grey]) => grey)).toEqual(['7', '7', '7', '8', '8', '7'])
    expect(looked).toBe(3)
  })

  it('takes no more frames than it works on', async () => {
    const { state, all } = frames(Array.from({ length: 100 }, (_, i) => i))
    let answered = 0
    for await (const _ of lookAtFrames(all, echo(1), floors, signal))
      expect(state.given - answered++).toBeLessThanOrEqual(4)
    expect(answered).toBe(100)
  })

  it('fails with the frame that failed, and lets go of the video', async () => {
    const { state, all } = frames([1, 2, 3, 4, 5, 6, 7, 8])
    const failing: FrameModel = {
      names: [],
      batch: 1,
      findInFrames: async (pictures) => pictures.map(({ data }) => (data[0] === 3 ? new Error('bad frame') : [])),
    }
    await expect(seen(all, failing)).rejects.toThrow('bad frame')
    expect(state.given).toBeLessThan(8)
    expect(await all.next()).toEqual({ done: true, value: undefined })
  })
})
