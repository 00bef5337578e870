import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import { parseOptions } from '../../parse-options.js'
import { atMost } from '../at-most.js'
import type { Listening, ListenOptions } from '../backend.js'
import type { Core } from '../core.js'
import type { Exchange } from '../http/exchange.js'
import { milliseconds } from '../milliseconds.js'
import { createWorkInHand, type WorkInHand } from '../work-in-hand.js'
import { toNodeHandler } from './node.js'
import { onSignals } from './on-signals.js'

const optionsSchema = z.strictObject({
  port: z.int().default(9090),
  host: z.string().min(1).default('0.0.0.0'),
  signals: z.boolean().default(true),
  drainMs: milliseconds.default(9000),
})

/** Longer than proxies keep idle connections (nginx 60 s): who closes last loses no request that is on its way. */
const KEEP_ALIVE_MS = 75_000

/** @throws PrelabelError `listen-options`, `port-taken`, `listen-failed` */
export async function listen(core: Core, exchange: Exchange, options: ListenOptions = {}): Promise<Listening> {
  const owner = { name: 'listen', code: 'listen-options', page: 'docs/backend.md' }
  const { port, host, signals, drainMs } = parseOptions(owner, optionsSchema, options)
  const answers = createWorkInHand()
  const handle = toNodeHandler({ exchange })
  const server = createServer((request, response) => {
    answers.keep(new Promise((resolve) => response.once('close', resolve)))
    void handle(request, response)
  })
  server.keepAliveTimeout = KEEP_ALIVE_MS
  await opened(server, port, host)
  void core.inspectAhead()

  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= drain(server, answers, core, drainMs).finally(stopListening)
    return closing
  }
  const endWith = (signal: NodeJS.Signals) => {
    core.logger.info({ signal, ms: drainMs }, 'shutting down: what is in hand is finished')
    // Nobody listens for it any more: sent again, by whomever, the signal ends the process in its usual way.
    stopListening()
    void close().finally(() => process.kill(process.pid, signal))
  }
  const stopListening = signals ? onSignals(endWith) : () => undefined
  const address = addressOf(server)
  return { url: urlOf(address), port: address.port, close }
}

/** Parts of the time to drain: for what is in hand, and for giving it up. The rest is for freeing media and models. */
const WORK = 0.8
const GRACE = 0.15

/** Ends in time, whatever an adapter does. */
async function drain(server: Server, answers: WorkInHand, core: Core, drainMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const ended = core.shutDown({ workMs: WORK * drainMs, graceMs: GRACE * drainMs }).then(() => answers.idle())
  await atMost(drainMs, ended)
  // Connections on which nothing was asked yet, and what an adapter holds up that does not heed its signal.
  server.closeAllConnections()
  await closed
}

function opened(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(port, host, cause)))
    try {
      server.listen(port, host, resolve)
    } catch (cause) {
      // A port out of range is thrown at once.
      reject(listenFailed(`${host}:${port}: ${String(cause)}`, cause))
    }
  })
}

function listenError(port: number, host: string, cause: NodeJS.ErrnoException): PrelabelError {
  if (cause.code === 'EADDRINUSE') {
    return new PrelabelError(`port ${port} is taken`, {
      code: 'port-taken',
      hint: 'Stop what listens there, or choose another port; 0 takes a free one.',
      cause,
    })
  }
  return listenFailed(`${host}:${port}: ${cause.message}`, cause)
}

function listenFailed(why: string, cause?: unknown): PrelabelError {
  return new PrelabelError(`cannot listen on ${why}`, {
    code: 'listen-failed',
    hint: 'Check `host` and `port`, and whether the process may use them.',
    cause,
  })
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address !== null && typeof address === 'object') return address
  throw listenFailed('an address without a port')
}

/** An address that works from this machine, also where every interface is listened on. */
function urlOf({ address, family, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
