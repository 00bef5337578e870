import type { AbortSource } from '../../cancellation.js'

/** Requests and answers as the routes see them, whoever carries them: a fetch handler, or a server that makes no `Request`. */

export interface Incoming {
  readonly method: string
  /** Path of the URL, without the query; undefined when what was asked for is no URL. */
  readonly path: string | undefined
  header(name: string): string | undefined
  /** Fires when the client goes; fired before where it had gone already. */
  readonly signal: AbortSource
  /** That `readText` gives a body that was decompressed before, whatever its headers say. @default false */
  readonly isDecoded?: boolean
  /**
   * The body, read no further than `limit` bytes.
   *
   * @throws PrelabelError `body-too-large` (413), `body-consumed` (500)
   */
  readText(limit: number): Promise<string>
  /** Keeps the runtime from ending before work is done that outlives the answer; of runtimes that would. */
  readonly waitUntil?: (work: Promise<unknown>) => void
}

export interface Outgoing {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** That the connection should not be used again: the backend is shutting down. */
  readonly isLast?: boolean
}

/** The one handler: every request of Label Studio in, an answer out. It never rejects. */
export type Exchange = (request: Incoming) => Promise<Outgoing>
