/** `prelabel start`, as users run it. Needs `npm run build`. */

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { type LabelStudio, LEGACY_TOKEN } from './label-studio.js'
import { stopProcess } from './stop-process.js'

const ROOT = new URL('../../', import.meta.url)

/**
 * Serves a backend on a free port for the tests of this file or group, with the URL and token of `labelStudio`.
 *
 * @param file relative to the project
 * @returns its URL, from within hooks and tests
 */
export function useBackend(file: string, labelStudio: () => LabelStudio): () => string {
  let started: Awaited<ReturnType<typeof start>> | undefined
  beforeAll(async () => {
    started = await start(file, { LABEL_STUDIO_URL: labelStudio().url, LABEL_STUDIO_API_KEY: LEGACY_TOKEN })
  })
  afterAll(async () => {
    if (started !== undefined) await stopProcess(started.child)
  })
  return () => {
    if (started === undefined) throw new Error(`${file} is not served yet`)
    return started.url
  }
}

/** Resolves when the backend says where it listens. */
async function start(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const path = fileURLToPath(new URL(file, ROOT))
  const child = spawn(process.execPath, ['dist/cli/main.js', 'start', path, '--port', '0', '--host', '127.0.0.1'], {
    cwd: ROOT,
    env: { LOG_LEVEL: 'warn', ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listening on (http:\S+)/.exec(line)?.[1]
    if (url !== undefined) return { url, child }
  }
  throw new Error(`prelabel start ${file} ended without listening`)
}
