import type { Clock } from '../../../src/adapters/llm/index.js'

export interface VirtualClock extends Clock {
  /** Lets so many milliseconds pass, waking sleepers in order and waiting for what they do. */
  pass(ms: number): Promise<void>
}

/** A clock that stands still until it is told to go on. `chance` is what `random` gives. */
export function createVirtualClock(chance = 1): VirtualClock {
  let now = Date.UTC(2026, 10, 22)
  const sleepers: { readonly at: number; readonly wake: () => void }[] = []

  return {
    now: () => now,
    random: () => chance,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve }
        sleepers.push(sleeper)
        signal.addEventListener('abort', () => {
          const place = sleepers.indexOf(sleeper)
          if (place === -1) return
          sleepers.splice(place, 1)
          reject(signal.reason)
        })
      }),
    async pass(ms) {
      const end = now + ms
      for (;;) {
        await settle()
        sleepers.sort((a, b) => a.at - b.at)
        const [next] = sleepers
        if (next === undefined || next.at > end) break
        sleepers.shift()
        now = Math.max(now, next.at)
        next.wake()
      }
      now = end
      await settle()
    },
  }
}

/** Everything that needs no time. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise((resolve) => setImmediate(resolve))
}
