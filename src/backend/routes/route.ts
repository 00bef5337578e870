import type { Logger } from '../../adapters/adapter.js'
import type { RouteName } from '../auth/options.js'
import type { Core } from '../core.js'
import type { Incoming, Outgoing } from '../http/exchange.js'

/** A request on its way: what a route needs of it. */
export interface Call {
  readonly core: Core
  readonly request: Incoming
  readonly requestId: string
  /** Writes the request id with every entry. */
  readonly logger: Logger
  /** Goes on with work that outlives the answer. */
  keep(work: Promise<void>): void
  /** Adds to the line of the log that says that the request was answered. */
  note(fields: Readonly<Record<string, number | string>>): void
  /** @throws PrelabelError `unauthorized` when the request may not use that route */
  authorize(route: RouteName): void
  /** The JSON body. */
  readBody(): Promise<unknown>
}

export interface Route {
  readonly method: 'GET' | 'POST'
  readonly answer: (call: Call) => Promise<Outgoing> | Outgoing
}
