/** The example of the README, as its users have it: a config, tasks, and a backend that the command line serves. */

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { configOf } from './config-of.js'

const ROOT = new URL('../../', import.meta.url)
const EXAMPLE = new URL('examples/quickstart/', ROOT)

/** Relative to the project. */
export const QUICKSTART_BACKEND = 'examples/quickstart/backend.ts'

export const PHOTOS = fileURLToPath(new URL('examples/photos', ROOT))

const tasksSchema = z.array(z.object({ data: z.object({ photo: z.string(), message: z.string() }) }))

export async function quickstartTasks() {
  return tasksSchema.parse(JSON.parse(await readFile(new URL('tasks.json', EXAMPLE), 'utf8')))
}

export const quickstartConfig = () => configOf(QUICKSTART_BACKEND)
