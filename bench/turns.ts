/** Contenders that run in turn, so that whatever else the machine does falls on all alike. */

/** Does its work; one in another process measures it too. */
export type Contender = (() => Promise<unknown>) | { measured(): Promise<Taken> }

/** What one call took, in milliseconds: by the clock, and of all processors. */
export interface Taken {
  readonly clock: number
  readonly processor: number
}

/** What each took for one item, turn by turn. */
export type Times = ReadonlyMap<string, readonly Taken[]>

/** Turns that are not counted: the first calls run code that is not compiled yet, here as in Python. */
const WARM_UP = 10

/** @param count items of one call */
export async function compete(
  turns: number,
  count: number,
  contenders: Readonly<Record<string, Contender>>,
): Promise<Times> {
  const times = new Map(Object.keys(contenders).map((name) => [name, [] as Taken[]]))
  for (let turn = 0; turn < WARM_UP + turns; turn++) {
    for (const [name, contender] of Object.entries(contenders)) {
      const { clock, processor } = await measure(contender)
      if (turn >= WARM_UP) times.get(name)?.push({ clock: clock / count, processor: processor / count })
    }
  }
  return times
}

async function measure(contender: Contender): Promise<Taken> {
  if (typeof contender !== 'function') return contender.measured()
  const [start, before] = [performance.now(), process.cpuUsage()]
  await contender()
  const { user, system } = process.cpuUsage(before)
  return { clock: performance.now() - start, processor: (user + system) / 1000 }
}

/** Prints the times, and the medians of the ratios to the first contender within a turn. */
export function report(times: Times, title = ''): void {
  const [first = []] = times.values()
  const heads = ['lowest', 'median', '× first', 'processor', '× first'].map((head) => head.padStart(10)).join('')
  console.info(`${`${title} milliseconds an item`.trim().padEnd(56)}${heads}`)
  for (const [name, taken] of times) {
    const clock = taken.map((one) => one.clock)
    const processor = taken.map((one) => one.processor)
    const ratio = (of: (one: Taken) => number) =>
      median(taken.map((one, turn) => of(one) / of(first[turn] ?? one))).toFixed(2)
    const columns = [
      Math.min(...clock).toFixed(1),
      median(clock).toFixed(1),
      ratio((one) => one.clock),
      median(processor).toFixed(1),
      ratio((one) => one.processor),
    ]
    console.info(`${name.padEnd(56)}${columns.map((column) => column.padStart(10)).join('')}`)
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
