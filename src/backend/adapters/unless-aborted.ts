import type { AbortSource } from '../../cancellation.js'

/**
 * Waits for work that cannot be aborted, such as the loading of a model, no longer than it is wanted.
 *
 * @throws the reason of the signal
 */
export async function unlessAborted<T>(signal: AbortSource, work: Promise<T>): Promise<T> {
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    stop = () => signal.removeEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    stop()
  }
}
