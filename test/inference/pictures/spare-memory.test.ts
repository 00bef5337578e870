import { expect, it } from 'vitest'
import { createSpareMemory } from '../../../src/inference/pictures/spare-memory.js'

it('hands memory of the same size out again', () => {
  const { take, give } = createSpareMemory()
  const memory = take(8)
  give([memory])
  expect(take(8)).toBe(memory)
  expect(take(8)).not.toBe(memory)
})

it('keeps no memory of other sizes, and no heap of it', () => {
  const { take, give } = createSpareMemory()
  const [first, ...more] = [take(8), take(8), take(8), take(8)]
  give([new ArrayBuffer(16), ...more, first])
  const kept = [take(8), take(8), take(8)].filter((memory) => [first, ...more].includes(memory))
  expect(kept).toHaveLength(2)
  give(kept)
  expect(take(16).byteLength).toBe(16)
  expect(kept).not.toContain(take(8))
})
