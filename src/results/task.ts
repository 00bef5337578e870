/** A task as Label Studio sends it, as far as predictions need it. */
export interface Task {
  readonly id?: number | string
  readonly data: Readonly<Record<string, unknown>>
  /** What was imported beside the data, and is not shown. */
  readonly meta?: unknown
}
