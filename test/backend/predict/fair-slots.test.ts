import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFairSlots, type InSlot } from '../../../src/backend/predict/fair-slots.js'
import { createCancellation } from '../../../src/cancellation.js'

const never = createCancellation()
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Work that ends when it is told to; `running` are the names of what has started and not ended. */
function held(inSlot: InSlot) {
  const running: { readonly name: string; readonly end: () => void }[] = []
  const add = (group: string, count: number, signal = never) =>
    Promise.allSettled(
      Array.from({ length: count }, (_, index) =>
        inSlot(group, signal, () => new Promise<void>((end) => running.push({ name: `${group}${index}`, end }))),
      ),
    )
  /** Ends the work at that place. */
  const end = async (place = 0) => {
    for (const { end } of running.splice(place, 1)) end()
    await turn()
  }
  const of = (group: string) => running.filter(({ name }) => name.startsWith(group)).length
  return { running, add, end, of }
}

describe('slots', () => {
  it('are left for others however much work a group has, and shared when all have much', async () => {
    const { add, end, of, running } = held(createFairSlots(64))
    void add('a', 250)
    expect(of('a')).toBe(48)
    void add('b', 10)
    expect(of('b')).toBe(10)
    while (of('b') > 0) await end(running.findIndex(({ name }) => name.startsWith('b')))
    void add('c', 250)
    for (let ended = 0; ended < 100; ended += 1) await end()
    expect(Math.abs(of('a') - of('c'))).toBeLessThanOrEqual(1)
    expect(of('a') + of('c')).toBeGreaterThan(50)
  })

  it('go to groups in turn where there is one, and within a group in order', async () => {
    const { add, end, running } = held(createFairSlots(1))
    void add('a', 3)
    void add('b', 3)
    const order: string[] = []
    while (running.length > 0) {
      order.push(...running.map(({ name }) => name))
      await end()
    }
    expect(order).toEqual(['a0', 'a1', 'b0', 'a2', 'b1', 'b2'])
  })

  it('are not waited for any longer when the signal fires', async () => {
    const { add, end, running } = held(createFairSlots(1))
    void add('a', 1)
    const cancellation = createCancellation()
    const waiting = add('b', 2, cancellation)
    cancellation.abort('gone')
    expect(await waiting).toEqual([
      { status: 'rejected', reason: 'gone' },
      { status: 'rejected', reason: 'gone' },
    ])
    void add('b', 1)
    await end()
    expect(running.map(({ name }) => name)).toEqual(['b0'])
    await expect(createFairSlots(1)('a', cancellation, async () => 1)).rejects.toBe('gone')
  })

  it('are never more than their number, and all work is done', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean()), { maxLength: 40 }),
        async (count, work) => {
          const inSlot = createFairSlots(count)
          let running = 0
          let most = 0
          const done = work.map(([group, fails]) =>
            inSlot(group, never, async () => {
              running += 1
              most = Math.max(most, running)
              await Promise.resolve()
              running -= 1
              if (fails) throw new Error('failed')
            }).catch(() => undefined),
          )
          await Promise.all(done)
          expect(most).toBeLessThanOrEqual(count)
          expect(running).toBe(0)
        },
      ),
    )
  })
})
