import { LlmError } from '../llm-error.js'
import type { CallContext } from '../provider.js'
import { type CallOptions, call } from './call.js'

/** What a stream came to. */
export interface StreamReader<T> {
  /** Takes an event as it came. */
  take(event: unknown): void
  /** The whole body, as if it had not been streamed; undefined when the stream ended before it was there. */
  body(): T | undefined
}

/**
 * Runs one streamed call of an SDK and gives what it came to. A stream in which nothing comes for a while is ended: the
 * connection is dead, or the server is.
 *
 * @param idleMs longest time to the first event, and between two
 * @throws LlmError `provider`, retryable, for a stream that falls silent or ends early; what `call` throws
 */
export function readStream<T>(
  provider: string,
  { signal }: CallContext,
  idleMs: number,
  reader: StreamReader<T>,
  open: (options: CallOptions) => PromiseLike<unknown>,
): Promise<T> {
  return call(provider, { signal }, async (options) => {
    const silence = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), idleMs)
    }
    try {
      wait()
      const stream = await open({ ...options, signal: AbortSignal.any([signal, silence.signal]) })
      for await (const event of events(stream, provider)) {
        wait()
        reader.take(event)
      }
    } catch (error) {
      if (silence.signal.aborted) throw wentSilent(provider, idleMs)
      throw error
    } finally {
      clearTimeout(timer)
    }
    // The SDKs end an aborted stream without a word.
    if (silence.signal.aborted) throw wentSilent(provider, idleMs)
    signal.throwIfAborted()
    const body = reader.body()
    if (body === undefined) throw brokenOff(`${provider} ended its stream before the answer was whole`)
    return body
  })
}

function events(stream: unknown, provider: string): AsyncIterable<unknown> {
  if (isIterable(stream)) return stream
  throw new LlmError(`${provider} was asked for a stream and sent none`, { kind: 'provider' })
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

function wentSilent(provider: string, idleMs: number): LlmError {
  return brokenOff(`${provider} sent nothing for ${idleMs} ms`)
}

function brokenOff(message: string): LlmError {
  return new LlmError(message, { kind: 'provider', retryable: true })
}
