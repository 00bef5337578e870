import fc from 'fast-check'
import { expect, it } from 'vitest'
import { assign } from '../../../src/adapters/detection/tracking/assign.js'

type Costs = readonly (readonly number[])[]

/** The lowest sum there is, where staying apart costs `limit` a pair: by trying everything. */
function lowest(costs: Costs, limit: number, row = 0, taken: readonly number[] = []): number {
  if (row === costs.length) return 0
  const apart = lowest(costs, limit, row + 1, taken)
  const met = (costs[row] ?? []).map((cost, column) =>
    taken.includes(column) ? apart : cost - limit + lowest(costs, limit, row + 1, [...taken, column]),
  )
  return Math.min(apart, ...met)
}

const costs = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })).chain(([rows, columns]) =>
  fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  }),
)

it('finds the optimum, and no pair at or above the limit', () => {
  fc.assert(
    fc.property(costs, fc.double({ min: 0.05, max: 1, noNaN: true }), (table, limit) => {
      const pairs = assign(table, limit)
      expect(new Set(pairs.map(([row]) => row)).size).toBe(pairs.length)
      expect(new Set(pairs.map(([, column]) => column)).size).toBe(pairs.length)
      const each = pairs.map(([row, column]) => table[row]?.[column] ?? Number.NaN)
      for (const cost of each) expect(cost).toBeLessThan(limit)
      expect(each.reduce((sum, cost) => sum + cost - limit, 0)).toBeCloseTo(lowest(table, limit), 9)
    }),
  )
})
