import type { Logger } from '../adapters/adapter.js'
import type { Cancellation } from '../cancellation.js'
import type { AdapterRuntime } from './adapters/adapter-runtime.js'
import { type Admission, shuttingDown } from './admission.js'
import { atMost } from './at-most.js'
import { describeError } from './describe-error.js'
import type { MediaSource } from './predict/media-source.js'
import type { WorkInHand } from './work-in-hand.js'

/** In milliseconds. */
export interface ShutdownTimes {
  /** For what is in hand; then it is given up. */
  readonly workMs: number
  /** For adapters to heed that and to free their models, and for late predictions to be handed on. */
  readonly graceMs: number
}

export interface ShutdownParts {
  readonly admission: Admission
  readonly inHand: WorkInHand
  /** Fires when shutting down begins. */
  readonly closing: Cancellation
  /** Fires when what is in hand is given up. */
  readonly over: Cancellation
  readonly runtimes: readonly AdapterRuntime[]
  readonly media: MediaSource
  readonly logger: Logger
}

/**
 * Refuses new work, waits for what is in hand, hands on what is ready, and frees models and media. What still hangs when
 * both times are over is left behind; its model is freed whenever it ends. Never rejects.
 */
export async function shutDown(parts: ShutdownParts, { workMs, graceMs }: ShutdownTimes): Promise<void> {
  const { admission, inHand, closing, over, runtimes, media, logger } = parts
  const logged = (name: string) => (error: unknown) =>
    logger.error({ what: name, err: describeError(error) }, 'not freed')
  admission.close()
  closing.abort()
  const isDone = await atMost(workMs, inHand.idle())
  if (!isDone) logger.warn({ ms: workMs }, 'shutting down: what is not done is given up')
  over.abort(shuttingDown())
  // Tasks end by that before their adapters go.
  await atMost(0, inHand.idle())
  const busy = new Set(runtimes.map(({ adapter }) => adapter.name))
  const freed = runtimes.map(async ({ adapter, dispose }) => {
    await dispose().catch(logged(adapter.name))
    busy.delete(adapter.name)
  })
  if (!(await atMost(graceMs, Promise.all([...freed, inHand.idle()]))))
    logger.warn({ adapters: [...busy], ms: graceMs }, 'shutting down: what still hangs is left behind')
  await media.dispose().catch(logged('media'))
}
