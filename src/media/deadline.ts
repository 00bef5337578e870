/** When loading is given up: after some time, or when nobody waits any more. */

import { PrelabelError } from '../errors.js'

/**
 * @param name what is loaded, fit for messages
 * @param signal of whoever waits
 * @param work its signal fires for either
 * @throws PrelabelError `media-timeout` after `seconds`; else what `work` throws
 */
export async function withDeadline<T>(
  seconds: number,
  name: string,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(seconds * 1000)
  try {
    return await work(signal === undefined ? timeout : AbortSignal.any([signal, timeout]))
  } catch (error) {
    if (!timeout.aborted) throw error
    throw new PrelabelError(`loading ${name} took more than ${seconds} s`, {
      code: 'media-timeout',
      hint: 'The server is slow or the file large; the media option `limits` has the time.',
    })
  }
}

/** @throws PrelabelError `media-aborted` when `signal` has aborted; else what `work` throws */
export async function whileAwaited<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!signal?.aborted) throw error
    throw new PrelabelError('loading was given up: nobody waits for it any more', {
      code: 'media-aborted',
      hint: 'Nothing needs to be done: it is loaded again when it is asked for.',
    })
  }
}
