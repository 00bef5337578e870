/** The example of the README, as its users have it: a config, tasks, and a backend that the command line serves. */

import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const ROOT = new URL('../../', import.meta.url)
const EXAMPLE = new URL('examples/quickstart/', ROOT)

export const PHOTOS = fileURLToPath(new URL('examples/photos', ROOT))

const tasksSchema = z.array(z.object({ data: z.object({ photo: z.string(), message: z.string() }) }))

export async function quickstartTasks() {
  return tasksSchema.parse(JSON.parse(await readFile(new URL('tasks.json', EXAMPLE), 'utf8')))
}

export async function quickstartConfig(): Promise<string> {
  const source = await readFile(new URL('backend.ts', EXAMPLE), 'utf8')
  const config = /defineConfig\(`([^`]+)`\)/.exec(source)?.[1]
  if (config === undefined) throw new Error('the quickstart has no config')
  return config
}

/** `prelabel start` on a free port, from when it says where it listens. */
export async function startQuickstart(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const file = fileURLToPath(new URL('backend.ts', EXAMPLE))
  const args = ['dist/cli/main.js', 'start', file, '--port', '0', '--host', '127.0.0.1']
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listening on (http:\S+)/.exec(line)?.[1]
    if (url !== undefined) return { url, child }
  }
  throw new Error('prelabel start ended without listening')
}
