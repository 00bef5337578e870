/** A server of S3's protocol with a private bucket: moto, as PRELABEL_MOTO_SERVER names its program. */

import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, describe } from 'vitest'
import { freePort } from './free-port.js'
import { stopProcess } from './stop-process.js'

const program = process.env.PRELABEL_MOTO_SERVER

export interface S3Server {
  readonly url: string
  /** With its port. */
  readonly host: string
  readonly bucket: string
  /** @returns the object's URI: `s3://bucket/key` */
  put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<string>
}

/** A group of tests that needs such a server; without one it is skipped and says so. */
export function describeWithS3(title: string, tests: () => void): void {
  if (program === undefined) {
    process.stderr.write(
      `SKIPPED: ${title}: PRELABEL_MOTO_SERVER names no moto_server (PyPI: moto[s3], flask, flask-cors)\n`,
    )
  }
  describe.skipIf(program === undefined)(title, tests)
}

/** @returns the server, from within hooks and tests */
export function useS3Server(): () => S3Server {
  let child: ChildProcess | undefined
  let server: S3Server | undefined
  beforeAll(async () => {
    const host = `127.0.0.1:${await freePort()}`
    child = spawn(program ?? '', ['-H', '127.0.0.1', '-p', new URL(`http://${host}`).port], { stdio: 'ignore' })
    server = await openBucket(host, child)
  })
  afterAll(async () => {
    if (child !== undefined) await stopProcess(child)
  })
  return () => {
    if (server === undefined) throw new Error('the S3 server is not running yet')
    return server
  }
}

async function openBucket(host: string, child: ChildProcess): Promise<S3Server> {
  const url = `http://${host}`
  const bucket = 'private'
  await waitUntilAnswering(url, child)
  const put = async (path: string, body?: Uint8Array<ArrayBuffer>) => {
    const response = await fetch(`${url}/${path}`, { method: 'PUT', ...(body === undefined ? {} : { body }) })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
  }
  await put(bucket)
  return {
    url,
    host,
    bucket,
    async put(key, bytes) {
      await put(`${bucket}/${encodeURI(key)}`, bytes)
      return `s3://${bucket}/${key}`
    },
  }
}

const START_MS = 60_000
const POLL_MS = 200

async function waitUntilAnswering(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the S3 server ended with ${child.exitCode}`)
    const response = await fetch(url, { signal: AbortSignal.timeout(3000) }).catch(() => undefined)
    if (response !== undefined) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error(`the S3 server did not answer within ${START_MS / 1000} s`)
}
