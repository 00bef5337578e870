import { LONGEST_MS } from './milliseconds.js'

/** Waits for work, but no longer than a time. @returns whether it is done */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.min(milliseconds, LONGEST_MS))
  })
  const isDone = await Promise.race([work.then(() => true), over])
  clearTimeout(timer)
  return isDone
}
