import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import { parseOptions } from '../../parse-options.js'
import type { Listening, ListenOptions } from '../backend.js'
import type { Core } from '../core.js'
import type { Exchange } from '../http/exchange.js'
import { toNodeHandler } from './node.js'

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

const optionsSchema = z.strictObject({
  port: z.int().default(9090),
  host: z.string().min(1).default('0.0.0.0'),
  signals: z.boolean().default(true),
  drainMs: z.number().nonnegative().default(30_000),
})

/** @throws PrelabelError `listen-options`, `port-taken`, `listen-failed` */
export async function listen(core: Core, exchange: Exchange, options: ListenOptions = {}): Promise<Listening> {
  const owner = { name: 'listen', code: 'listen-options', page: 'docs/backend.md' }
  const { port, host, signals, drainMs } = parseOptions(owner, optionsSchema, options)
  const server = createServer(toNodeHandler({ exchange }))
  await opened(server, port, host)

  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= drain(server, core, drainMs).finally(stopListening)
    return closing
  }
  const onSignal = (signal: NodeJS.Signals) => {
    core.logger.info({ signal }, 'shutting down: what is in hand is finished')
    // Sent again once nobody listens for it, the signal ends the process in its usual way.
    void close().finally(() => process.kill(process.pid, signal))
  }
  const stopListening = () => {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal)
  }
  if (signals) for (const signal of SIGNALS) process.once(signal, onSignal)
  const address = addressOf(server)
  return { url: urlOf(address), port: address.port, close }
}

async function drain(server: Server, core: Core, drainMs: number): Promise<void> {
  core.admission.close()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const force = setTimeout(() => server.closeAllConnections(), drainMs)
  await closed
  clearTimeout(force)
  // An adapter that hangs must not keep the process.
  await Promise.race([core.dispose(drainMs), delay(2 * drainMs, undefined, { ref: false })])
}

function opened(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(port, host, cause)))
    try {
      server.listen(port, host, resolve)
    } catch (cause) {
      // A port out of range is thrown at once.
      reject(new PrelabelError(`cannot listen on ${host}:${port}: ${String(cause)}`, { code: 'listen-failed', cause }))
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
  return new PrelabelError(`cannot listen on ${host}:${port}: ${cause.message}`, { code: 'listen-failed', cause })
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address !== null && typeof address === 'object') return address
  throw new PrelabelError('the server has no port', { code: 'listen-failed' })
}

/** An address that works from this machine, also where every interface is listened on. */
function urlOf({ address, family, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
