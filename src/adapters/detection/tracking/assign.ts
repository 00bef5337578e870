/** Pairs of a row and a column. */
export type Pair = readonly [row: number, column: number]

/**
 * The assignment of rows to columns with the lowest sum of costs, where a pair that costs `limit` or more may stay
 * apart: exactly the optimum of Jonker and Volgenant's problem with a cost limit. Rows and columns that are in no pair are
 * left over.
 *
 * @param costs one list for each row, all of one length
 * @returns pairs by rising row
 */
export function assign(costs: readonly (readonly number[])[], limit: number): Pair[] {
  const columns = costs[0]?.length ?? 0
  if (columns === 0) return []
  // Staying apart costs nothing, so a pair is worth what it stays below the limit.
  const worth = (row: number, column: number) => Math.min(0, (costs[row]?.[column] ?? limit) - limit)
  const pairs =
    costs.length <= columns
      ? assignAll(costs.length, columns, worth)
      : assignAll(columns, costs.length, (row, column) => worth(column, row)).map(([a, b]): Pair => [b, a])
  return pairs.filter(([row, column]) => worth(row, column) < 0).sort(([a], [b]) => a - b)
}

/**
 * Every row gets a column, at the lowest sum: the Hungarian method by shortest augmenting paths, O(rows² × columns).
 *
 * @param rows at most `columns`
 */
function assignAll(rows: number, columns: number, cost: (row: number, column: number) => number): Pair[] {
  const rowPrice = new Float64Array(rows)
  const columnPrice = new Float64Array(columns)
  const rowOf = new Int32Array(columns).fill(-1)
  for (let row = 0; row < rows; row++) {
    const distance = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
    const before = new Int32Array(columns).fill(-1)
    const done = new Uint8Array(columns)
    let at = row
    let last = -1
    do {
      let nearest = -1
      let step = Number.POSITIVE_INFINITY
      for (let column = 0; column < columns; column++) {
        if (done[column]) continue
        const reduced = cost(at, column) - (rowPrice[at] ?? 0) - (columnPrice[column] ?? 0)
        if (reduced < (distance[column] ?? 0)) {
          distance[column] = reduced
          before[column] = last
        }
        if ((distance[column] ?? 0) < step) {
          step = distance[column] ?? 0
          nearest = column
        }
      }
      rowPrice[row] = (rowPrice[row] ?? 0) + step
      for (let column = 0; column < columns; column++) {
        if (done[column]) {
          const owner = rowOf[column] ?? 0
          rowPrice[owner] = (rowPrice[owner] ?? 0) + step
          columnPrice[column] = (columnPrice[column] ?? 0) - step
        } else distance[column] = (distance[column] ?? 0) - step
      }
      done[nearest] = 1
      last = nearest
      at = rowOf[nearest] ?? -1
    } while (at !== -1)
    for (let column = last; column !== -1; ) {
      const previous = before[column] ?? -1
      rowOf[column] = previous === -1 ? row : (rowOf[previous] ?? row)
      column = previous
    }
  }
  return [...rowOf.entries()].filter(([, row]) => row !== -1).map(([column, row]): Pair => [row, column])
}
