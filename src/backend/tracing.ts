/** The part of `@opentelemetry/api` that is used; its tracers fit as they are. */
export interface Tracer {
  startActiveSpan<T>(name: string, options: SpanOptions, run: (span: Span) => T): T
}

export interface SpanOptions {
  readonly attributes?: SpanAttributes
  /** It belongs to none of the spans around it. */
  readonly root?: boolean
}

export interface Span {
  setAttribute(key: string, value: string | number): unknown
  setStatus(status: { readonly code: number; readonly message?: string }): unknown
  end(): void
}

export type SpanAttributes = Readonly<Record<string, string | number>>

/** `SpanStatusCode.ERROR` of OpenTelemetry. */
const ERROR = 2

/** Marks the span of what ended in an answer, and failed all the same. */
export function markFailed(span: Span | undefined): void {
  span?.setStatus({ code: ERROR })
}

/** Runs a task within a span, where there is a tracer. */
export function inSpan<T>(
  tracer: Tracer | undefined,
  name: string,
  options: SpanOptions,
  task: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  if (tracer === undefined) return task(undefined)
  return tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await task(span)
    } catch (error) {
      markFailed(span)
      throw error
    } finally {
      span.end()
    }
  })
}
