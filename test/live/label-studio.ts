/** A genuine Label Studio 1.23.2 for a test file: its own port, database and files, gone afterwards. */

import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLabelStudioClient, type LabelStudioClient } from '../../src/label-studio/index.js'
import { freePort } from './free-port.js'
import { labelStudioVenv } from './label-studio-venv.js'
import { keepMigratedDatabase, takeMigratedDatabase } from './migrated-database.js'
import { startPrefixProxy } from './prefix-proxy.js'
import { stopProcess } from './stop-process.js'

export const USER = { email: 'admin@example.com', password: 'prelabel-pass-1' }
export const LEGACY_TOKEN = '0123456789abcdef0123456789abcdef01234567'

const LOG_TAIL = 4000

export interface LabelStudio {
  readonly url: string
  readonly client: LabelStudioClient
  /** The document root of local storages. */
  readonly localFiles: string
  /** The last lines of the server's log. */
  logTail(): Promise<string>
  stop(): Promise<void>
}

/**
 * @param settings environment variables besides the usual ones, such as feature flags
 * @param prefix where a proxy has it, with its slash: `/ls`
 */
export async function startLabelStudio(
  settings: Readonly<Record<string, string>> = {},
  prefix?: string,
): Promise<LabelStudio> {
  const venv = await labelStudioVenv()
  const port = await freePort()
  const proxy = prefix === undefined ? undefined : await startPrefixProxy(prefix, port)
  const url = proxy?.url ?? `http://127.0.0.1:${port}`
  const folder = await mkdtemp(join(tmpdir(), 'prelabel-live-'))
  const localFiles = join(folder, 'localfiles')
  await mkdir(localFiles)
  const log = join(folder, 'label-studio.log')
  const logTail = async () => (await readFile(log, 'utf8')).slice(-LOG_TAIL)
  const database = join(folder, 'label-studio.sqlite3')
  const isMigrated = await takeMigratedDatabase(database)
  const output = openSync(log, 'w')
  const args = ['start', '--no-browser', '--internal-host', '127.0.0.1', '--port', String(port), '--host', url]
  const child = spawn(join(venv, 'bin/label-studio'), [...args, '--data-dir', folder, '--enable-legacy-api-token'], {
    cwd: folder,
    env: { ...process.env, ...usualSettings({ folder, database, url, localFiles }), ...settings },
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const stop = async () => {
    await stopProcess(child)
    proxy?.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await waitUntilHealthy(url, child)
    if (!isMigrated) await keepMigratedDatabase(database)
  } catch (error) {
    const said = await logTail()
    await stop()
    throw new Error(`Label Studio did not start:\n${said}`, { cause: error })
  }
  const client = createLabelStudioClient({ url, token: LEGACY_TOKEN, timeoutSeconds: 300 })
  return { url, client, localFiles, logTail, stop }
}

interface Place {
  readonly folder: string
  readonly database: string
  readonly url: string
  readonly localFiles: string
}

/**
 * A user with a legacy token, local files, backends and webhooks on loopback, and no traffic to the outside.
 * `ML_BLOCK_LOCAL_IP` guards the backend's address, `SSRF_PROTECTION_ENABLED` that of its webhook.
 */
function usualSettings({ folder, database, url, localFiles }: Place): Record<string, string> {
  return {
    LABEL_STUDIO_BASE_DATA_DIR: folder,
    DATABASE_NAME: database,
    HOST: url,
    LABEL_STUDIO_HOST: url,
    LABEL_STUDIO_USERNAME: USER.email,
    LABEL_STUDIO_PASSWORD: USER.password,
    LABEL_STUDIO_USER_TOKEN: LEGACY_TOKEN,
    LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN: 'true',
    ML_BLOCK_LOCAL_IP: 'false',
    SSRF_PROTECTION_ENABLED: 'false',
    LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED: 'true',
    LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT: localFiles,
    COLLECT_ANALYTICS: 'false',
    SENTRY_DSN: '',
    FRONTEND_SENTRY_DSN: '',
    LATEST_VERSION_CHECK: 'false',
    FEATURE_FLAGS_OFFLINE: 'true',
    SECRET_KEY: 'prelabel-live-test',
    OMP_NUM_THREADS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  }
}

const START_MS = 600_000
const POLL_MS = 200

async function waitUntilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(3000) }).catch(() => undefined)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error(`it did not answer within ${START_MS / 1000} s`)
}
