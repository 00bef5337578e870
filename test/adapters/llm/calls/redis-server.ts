import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { afterAll } from 'vitest'

/** A Redis of the tests' own, on a socket in a folder of its own; undefined where there is no `redis-server`. */
export async function redisServer() {
  const folder = mkdtempSync(join(tmpdir(), 'prelabel-redis-'))
  const path = join(folder, 'redis.sock')
  const args = ['--port', '0', '--unixsocket', path, '--dir', folder, '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const stop = () => end(server)
  afterAll(async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  })
  if (!(await isReady(server))) return undefined
  return {
    stop,
    async connect() {
      const client = createClient({ socket: { path, tls: false } })
      // A listener, or node-redis throws when the connection breaks.
      client.on('error', () => undefined)
      await client.connect()
      return client
    },
  }
}

/** False when the program is not there. */
async function isReady(server: ChildProcess): Promise<boolean> {
  let said = ''
  const ready = new Promise<boolean>((resolve) => {
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('eady to accept connections')) resolve(true)
    })
    server.once('error', () => resolve(false))
    server.once('exit', () => resolve(false))
  })
  return ready
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill()
  await ended
}
