import type { Adapter, Logger } from '../../adapters/adapter.js'
import { PrelabelError } from '../../errors.js'
import { describeError } from '../describe-error.js'
import { withTimeout } from './with-timeout.js'

/**
 * Loads an adapter's model, no longer than a time. A model that comes after it is freed: by then another may be there.
 *
 * @throws PrelabelError `adapter-load-timeout`, and what `load` throws
 */
export function loadModel(adapter: Adapter, milliseconds: number, logger: Logger): Promise<unknown> {
  const loading = (async () => adapter.load?.())()
  return withTimeout(milliseconds, loading, () => {
    const freed = loading.then((model) => adapter.dispose?.(model))
    freed.catch((error: unknown) =>
      logger.error({ adapter: adapter.name, err: describeError(error) }, 'model came too late, and was not freed'),
    )
    return new PrelabelError(`it was not there within ${milliseconds} ms`, {
      code: 'adapter-load-timeout',
      hint: 'The next request tries again. If loading takes that long, as a large download does, raise `limits.loadMs`.',
    })
  })
}
