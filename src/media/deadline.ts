/** A time cap on loading, joined with the signal of whoever waits. */

import { PrelabelError } from '../errors.js'

/**
 * @throws PrelabelError `media-timeout` after `seconds`, `media-aborted` when `signal` aborts; else what `work` throws
 */
export async function withDeadline<T>(
  seconds: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(seconds * 1000)
  const both = signal === undefined ? timeout : AbortSignal.any([signal, timeout])
  try {
    return await work(both)
  } catch (error) {
    if (signal?.aborted) {
      throw new PrelabelError('loading was given up: nobody waits for it any more', {
        code: 'media-aborted',
        hint: 'Nothing needs to be done: it is loaded again when it is asked for.',
      })
    }
    if (!timeout.aborted) throw error
    throw new PrelabelError(`loading took more than ${seconds} s`, {
      code: 'media-timeout',
      hint: 'The server is slow or the file large; the media option `limits` has the time.',
    })
  }
}
