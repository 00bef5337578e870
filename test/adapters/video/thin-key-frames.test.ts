import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type PlacedBox, thinKeyFrames } from '../../../src/adapters/detection/video/thin-key-frames.js'

const at = (frame: number, x: number, width = 10): PlacedBox => ({ frame, box: { x, y: 5, width, height: 10 } })
const framesOf = (boxes: readonly PlacedBox[]) => boxes.map(({ frame }) => frame)

it('keeps the ends of a straight line, and the bends of a bent one', () => {
  const straight = Array.from({ length: 20 }, (_, i) => at(1 + i * 3, i * 4, 10 + i))
  expect(framesOf(thinKeyFrames(straight, 0.001))).toEqual([1, 58])
  const bent = [at(1, 0), at(2, 10), at(3, 20), at(4, 20), at(5, 20), at(9, 60)]
  expect(framesOf(thinKeyFrames(bent, 0.5))).toEqual([1, 3, 5, 9])
  expect(framesOf(thinKeyFrames(bent, 100))).toEqual([1, 9])
})

it('takes the turn from key frame to key frame the shorter way, about the first corner', () => {
  const turned = (frame: number, rotation: number): PlacedBox => {
    // The first corner stays at (50, 50).
    const angle = (rotation * Math.PI) / 180
    const centre = { x: 10 * Math.cos(angle) - 5 * Math.sin(angle), y: 10 * Math.sin(angle) + 5 * Math.cos(angle) }
    return { frame, box: { x: 50 + centre.x - 10, y: 50 + centre.y - 5, width: 20, height: 10, rotation } }
  }
  const turning = [340, 350, 0, 10, 20, 30].map((rotation, i) => turned(i + 1, rotation))
  expect(framesOf(thinKeyFrames(turning, 0.001))).toEqual([1, 6])
  expect(framesOf(thinKeyFrames([...turning, turned(7, 30), turned(8, 30)], 0.001))).toEqual([1, 6, 8])
})

it('leaves short stretches as they are', () => {
  expect(thinKeyFrames([], 1)).toEqual([])
  expect(framesOf(thinKeyFrames([at(7, 1)], 1))).toEqual([7])
  expect(framesOf(thinKeyFrames([at(7, 1), at(8, 90)], 1))).toEqual([7, 8])
})

const side = fc.double({ min: 0, max: 100, noNaN: true })
const boxes = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 5 }), x: side, y: side, width: side, height: side }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((steps) => {
    let frame = 0
    return steps.map(({ gap, ...box }): PlacedBox => {
      frame += gap
      return { frame, box }
    })
  })

it('what is dropped lies on the line that the editor draws, within the tolerance', () => {
  fc.assert(
    fc.property(boxes, fc.double({ min: 0, max: 30, noNaN: true }), (all, tolerance) => {
      const kept = thinKeyFrames(all, tolerance)
      for (const { frame, box } of all) {
        const before = kept.findLast((key) => key.frame <= frame)
        const after = kept.find((key) => key.frame >= frame)
        if (before === undefined || after === undefined) throw new Error(`frame ${frame} is outside`)
        const part = before === after ? 0 : (frame - before.frame) / (after.frame - before.frame)
        const left = before.box.x + (after.box.x - before.box.x) * part
        const right = left + before.box.width + (after.box.width - before.box.width) * part
        expect(Math.abs(left - box.x)).toBeLessThanOrEqual(tolerance + 1e-9)
        expect(Math.abs(right - box.x - box.width)).toBeLessThanOrEqual(tolerance + 1e-9)
      }
    }),
  )
})
