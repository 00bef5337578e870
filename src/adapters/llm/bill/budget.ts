import type { Clock } from '../calls/clock.js'
import { LlmError } from '../llm-error.js'
import { addSpend, nothing, passedLimit, type Spend } from './spend.js'
import type { SpendLog } from './spend-log.js'

export interface BudgetLimits {
  /** For the life of the adapter. */
  readonly run?: Partial<Spend>
  /** For each day, by UTC; a `spendLog` keeps count across restarts. */
  readonly day?: Partial<Spend>
}

/** Room for one call. */
export interface Reservation {
  /** Puts what the call took in place of the room: nothing, when it was not billed. */
  settle(spend: Spend): Promise<void>
}

export interface Budget {
  /**
   * Makes room for a call before it is made, so that the limits are never passed. While it depends on calls under way
   * whether it fits, it waits for them.
   *
   * @param most the most that the call can take
   * @throws LlmError `budget` when it does not fit
   */
  reserve(most: Spend): Promise<Reservation>
  /** Counts what was spent without room made before, such as by a job of an earlier process. */
  record(spend: Spend): Promise<void>
  /** How many of these requests fit, one after the other, if each takes what is expected. */
  roomFor(requests: Iterable<{ readonly most: Spend; readonly expected: Spend }>): Promise<number>
  /** Spent since the beginning, and on this day. */
  spent(): { readonly run: Spend; readonly day: Spend }
}

export function createBudget(limits: BudgetLimits, clock: Clock, log: SpendLog | undefined): Budget {
  const reserved = new Set<Spend>()
  const waiting: (() => void)[] = []
  let run = nothing
  let day = { date: '', spend: nothing }
  let turning: Promise<void> | undefined

  /** Sees to it that `day` is today. */
  async function turnDay(): Promise<void> {
    const date = new Date(clock.now()).toISOString().slice(0, 10)
    if (day.date === date) return
    turning ??= (log?.spentOn(date) ?? Promise.resolve(nothing)).then((spend) => {
      day = { date, spend }
    })
    try {
      await turning
    } finally {
      turning = undefined
    }
  }

  function passed(most: Spend): string | undefined {
    const ofRun = passedLimit(addSpend(run, most), limits.run ?? {})
    if (ofRun !== undefined) return `${ofRun} for this run`
    const ofDay = passedLimit(addSpend(day.spend, most), limits.day ?? {})
    return ofDay === undefined ? undefined : `${ofDay} for ${day.date}`
  }

  async function record(spend: Spend): Promise<void> {
    run = addSpend(run, spend)
    if (spend.requests === 0) return
    await turnDay()
    day = { date: day.date, spend: addSpend(day.spend, spend) }
    await log?.add(day.date, spend)
  }

  async function settle(most: Spend, spend: Spend): Promise<void> {
    try {
      await record(spend)
    } finally {
      reserved.delete(most)
      for (const wake of waiting.splice(0)) wake()
    }
  }

  return {
    async reserve(most) {
      for (;;) {
        await turnDay()
        const limit = passed([...reserved].reduce(addSpend, most))
        if (limit === undefined) break
        if (reserved.size === 0) throw spentUp(limit)
        await new Promise<void>((wake) => waiting.push(wake))
      }
      reserved.add(most)
      return { settle: (spend) => settle(most, spend) }
    },
    record,
    async roomFor(requests) {
      await turnDay()
      let taken = nothing
      let count = 0
      for (const { most, expected } of requests) {
        if (passed(addSpend(taken, most)) !== undefined) break
        taken = addSpend(taken, expected)
        count++
      }
      return count
    },
    spent: () => ({ run, day: day.spend }),
  }
}

function spentUp(limit: string): LlmError {
  return new LlmError(`the budget of ${limit} has no room for another request`, {
    kind: 'budget',
    hint: 'What was answered so far is kept. Raise `budget` and run again; with a file cache nothing is paid for twice.',
  })
}
