import type { Clock } from './clock.js'

export interface RateLimits {
  /** Calls in flight at the same time. */
  readonly concurrency: number
  /** Calls begun in any 60 seconds. */
  readonly requestsPerMinute: number
  /** Tokens, in and out, of the calls begun in any 60 seconds. */
  readonly tokensPerMinute: number
}

/** Lets a call go. */
type Release = (tokens: number) => void

export interface RateLimiter {
  /**
   * Waits for a turn; first come, first served. A call with more tokens than a minute allows goes alone.
   *
   * @param tokens what the call is expected to take; `release` puts in what it took
   * @throws the signal's reason
   */
  acquire(tokens: number, signal: AbortSignal): Promise<Release>
  /** Begins no call for so many milliseconds: what a provider asks for with `Retry-After`. */
  pause(ms: number): void
}

interface Begun {
  readonly at: number
  tokens: number
  /** False once it is more than a minute old. */
  counts: boolean
}

interface Waiter {
  readonly tokens: number
  readonly go: () => void
}

const MINUTE = 60_000

export function createRateLimiter(limits: RateLimits, clock: Clock): RateLimiter {
  const queue: Waiter[] = []
  const begun: Begun[] = []
  /** Tokens of the calls in `begun`. */
  let used = 0
  let inFlight = 0
  let pausedUntil = 0
  let alarm: AbortController | undefined

  function forgetBefore(time: number): void {
    for (let [oldest] = begun; oldest !== undefined && oldest.at <= time; [oldest] = begun) {
      begun.shift()
      used -= oldest.tokens
      oldest.counts = false
    }
  }

  /** Milliseconds until the first waiter may go, 0 for now, undefined while only a release can let it. */
  function waitFor(tokens: number, now: number): number | undefined {
    if (inFlight >= limits.concurrency) return undefined
    if (now < pausedUntil) return pausedUntil - now
    forgetBefore(now - MINUTE)
    const [oldest] = begun
    const free = begun.length < limits.requestsPerMinute && used + tokens <= limits.tokensPerMinute
    return oldest === undefined || free ? 0 : oldest.at + MINUTE - now
  }

  function pump(): void {
    alarm?.abort()
    for (;;) {
      const [first] = queue
      if (first === undefined) return
      const wait = waitFor(first.tokens, clock.now())
      if (wait === undefined) return
      if (wait > 0) {
        wakeIn(wait)
        return
      }
      queue.shift()
      first.go()
    }
  }

  function wakeIn(ms: number): void {
    const controller = new AbortController()
    alarm = controller
    clock.sleep(ms, controller.signal).then(pump, () => undefined)
  }

  return {
    acquire: (tokens, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const leave = () => {
          queue.splice(queue.indexOf(waiter), 1)
          reject(signal.reason)
          pump()
        }
        const waiter: Waiter = {
          tokens,
          go() {
            signal.removeEventListener('abort', leave)
            const call: Begun = { at: clock.now(), tokens, counts: true }
            begun.push(call)
            used += tokens
            inFlight++
            resolve((taken) => {
              if (call.counts) used += taken - call.tokens
              call.tokens = taken
              inFlight--
              pump()
            })
          },
        }
        signal.addEventListener('abort', leave, { once: true })
        queue.push(waiter)
        if (queue.length === 1) pump()
      }),
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, clock.now() + ms)
      pump()
    },
  }
}
