import { setImmediate } from 'node:timers/promises'

/** Work in small steps, and what comes of it. */
export type Steps<T> = Generator<void, T, void>

/** How long other things wait, in milliseconds. */
const TURN = 4

/** Does all steps one after the other. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Does the steps in short turns: between them, whatever else waits in this thread is served. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (let end = performance.now() + TURN; ; ) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() < end) continue
    await setImmediate()
    end = performance.now() + TURN
  }
}
