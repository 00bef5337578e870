import { expect, it } from 'vitest'
import { shareItems } from '../../../src/adapters/compose/share-items.js'

/** Numbers, and how many were asked for; `closed` once nobody wants more. */
function numbers(to: number) {
  const seen = { made: 0, closed: false }
  async function* make() {
    try {
      for (let number = 1; number <= to; number++) {
        seen.made = number
        yield number
      }
    } finally {
      seen.closed = true
    }
  }
  return { source: make(), seen }
}

async function collect(items: AsyncIterable<number> | undefined): Promise<number[]> {
  const all: number[] = []
  for await (const item of items ?? []) all.push(item)
  return all
}

it('gives every item to every reader', async () => {
  const [a, b, c] = shareItems(numbers(4).source, 3)
  const all = [1, 2, 3, 4]
  expect(await Promise.all([a, b, c].map((share) => collect(share?.items)))).toEqual([all, all, all])
})

it('waits for the slowest, and not for one that has stopped', async () => {
  const { source, seen } = numbers(9)
  const [fast, slow] = shareItems(source, 2)
  if (fast === undefined || slow === undefined) throw new Error('no readers')
  const reading = collect(fast.items)
  for await (const item of slow.items) {
    await new Promise((resolve) => setImmediate(resolve))
    expect(seen.made).toBe(item)
    if (item === 3) break
  }
  await slow.close()
  expect(await reading).toHaveLength(9)
  await fast.close()
})

it('closes the stream when nobody reads any more', async () => {
  const { source, seen } = numbers(9)
  const [a, b] = shareItems(source, 2)
  await a?.close()
  for await (const item of b?.items ?? []) if (item === 2) break
  await b?.close()
  expect(seen).toEqual({ made: 2, closed: true })
})

it('fails every reader with what the stream fails with', async () => {
  async function* broken() {
    yield 1
    throw new Error('unreadable')
  }
  const shares = shareItems(broken(), 2)
  const read = await Promise.allSettled(shares.map(({ items }) => collect(items)))
  expect(read.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})
