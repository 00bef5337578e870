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

type Cost = (row: number, column: number) => number

/** Rows that have their column so far, with the prices that prove that this is the lowest sum. */
interface Matching {
  readonly rowPrice: Float64Array
  readonly columnPrice: Float64Array
  /** The row of each column; -1 where it has none. */
  readonly rowOf: Int32Array
}

/**
 * Every row gets a column, at the lowest sum: the Hungarian method by shortest augmenting paths, O(rows² × columns).
 *
 * @param rows at most `columns`
 */
function assignAll(rows: number, columns: number, cost: Cost): Pair[] {
  const matching: Matching = {
    rowPrice: new Float64Array(rows),
    columnPrice: new Float64Array(columns),
    rowOf: new Int32Array(columns).fill(-1),
  }
  for (let row = 0; row < rows; row++) addRow(matching, row, cost)
  return [...matching.rowOf.entries()].filter(([, row]) => row !== -1).map(([column, row]): Pair => [row, column])
}

/** Gives one more row a column: along the shortest path each row passes its column on and takes the next. */
function addRow(matching: Matching, row: number, cost: Cost): void {
  const { rowOf } = matching
  const { end, before } = shortestPath(matching, row, cost)
  for (let column = end; column !== -1; ) {
    const previous = before[column] ?? -1
    rowOf[column] = previous === -1 ? row : (rowOf[previous] ?? row)
    column = previous
  }
}

/** The shortest path from a row to a free column, with the column before each column. Prices are set on the way. */
function shortestPath({ rowPrice, columnPrice, rowOf }: Matching, row: number, cost: Cost) {
  const columns = rowOf.length
  const distance = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
  const before = new Int32Array(columns).fill(-1)
  const reached: number[] = []
  const open = new Set(rowOf.keys())
  let [at, end] = [row, -1]
  do {
    let [nearest, step] = [-1, Number.POSITIVE_INFINITY]
    for (const column of open) {
      const reduced = cost(at, column) - (rowPrice[at] ?? 0) - (columnPrice[column] ?? 0)
      if (reduced < (distance[column] ?? 0)) {
        distance[column] = reduced
        before[column] = end
      }
      if ((distance[column] ?? 0) < step) [nearest, step] = [column, distance[column] ?? 0]
    }
    rowPrice[row] = (rowPrice[row] ?? 0) + step
    for (const column of reached) {
      const owner = rowOf[column] ?? 0
      rowPrice[owner] = (rowPrice[owner] ?? 0) + step
      columnPrice[column] = (columnPrice[column] ?? 0) - step
    }
    for (const column of open) distance[column] = (distance[column] ?? 0) - step
    open.delete(nearest)
    reached.push(nearest)
    end = nearest
    at = rowOf[nearest] ?? -1
  } while (at !== -1)
  return { end, before }
}
