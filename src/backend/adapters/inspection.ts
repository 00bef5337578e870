import type { Adapter, Logger, ModelInfo } from '../../adapters/adapter.js'
import type { ControlTag, LabelingConfig } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import { describeError, messageOf } from '../describe-error.js'
import { once } from './once.js'
import { withTimeout } from './with-timeout.js'

/** Asks an adapter for the facts of its models. What fails, or takes too long, is logged, and asked again when it is next needed. */
export interface Inspection {
  /**
   * Facts of the model; asked for once.
   *
   * @throws PrelabelError `adapter-inspect-failed`
   */
  inspect(): Promise<ModelInfo>
  /**
   * Those of the model that the attributes of a control choose; undefined where they choose none.
   *
   * @throws the PrelabelError by which the adapter refuses the control, or else `adapter-inspect-failed`
   */
  inspectControl(control: ControlTag, config: LabelingConfig): Promise<ModelInfo | undefined>
}

/** @param milliseconds longest time for an answer */
export function createInspection(adapter: Adapter, milliseconds: number, logger: Logger): Inspection {
  const inTime = <T>(facts: T): Promise<Awaited<T>> =>
    withTimeout(milliseconds, Promise.resolve(facts), () => {
      return new Error(`it took longer than the ${milliseconds} ms of \`limits.loadMs\``)
    })
  const failed = (cause: unknown) => {
    const error = inspectFailed(adapter.name, cause)
    logger.error({ adapter: adapter.name, err: describeError(error) }, 'model not inspected')
    return error
  }
  return {
    inspect: once(async () => {
      try {
        return (await inTime(adapter.inspect?.())) ?? {}
      } catch (cause) {
        throw failed(cause)
      }
    }),
    async inspectControl(control, config) {
      try {
        return await inTime(adapter.inspectControl?.(control, config))
      } catch (cause) {
        throw PrelabelError.isInstance(cause) ? cause : failed(cause)
      }
    },
  }
}

function inspectFailed(name: string, cause: unknown): PrelabelError {
  const hint = PrelabelError.isInstance(cause) ? cause.hint : undefined
  return new PrelabelError(`the model of the adapter ${name} could not be inspected: ${messageOf(cause)}`, {
    code: 'adapter-inspect-failed',
    status: 503,
    hint: hint ?? 'The message is what `inspect` threw; it is tried again after a while.',
    cause,
  })
}
