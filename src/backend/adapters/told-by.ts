import type { Adapter, Logger } from '../../adapters/adapter.js'
import { describeError } from '../describe-error.js'

/** What an adapter says of itself. One that fails to is as one that says nothing: it costs an entry of the log and no more. */
export function toldBy<T>(adapter: Adapter, what: 'status' | 'usage', tell: () => T, logger: Logger): T | undefined {
  try {
    return tell()
  } catch (error) {
    logger.warn({ adapter: adapter.name, what, err: describeError(error) }, 'not told')
    return undefined
  }
}
