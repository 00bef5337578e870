import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import type { Task } from '../results/index.js'
import { readJson } from './files.js'

const data = z.record(z.string(), z.unknown())
const task = z.object({ id: z.union([z.number(), z.string()]).optional(), data })
/** Label Studio takes `{data: {…}}` and the bare fields alike. */
const entry = z.union([task, data.transform((fields) => ({ id: undefined, data: fields }))])
const taskList = z.union([z.array(entry), entry.transform((one) => [one])])

/** The tasks of a file. @throws PrelabelError `no-tasks`, and what reading the file throws */
export async function readTasks(file: string): Promise<readonly Task[]> {
  const parsed = taskList.safeParse(await readJson(file))
  if (!parsed.success) {
    throw new PrelabelError(`${file} holds no tasks`, {
      code: 'no-tasks',
      path: file,
      hint: 'Give a list of tasks: `[{"data": {"image": "photo.jpg"}}]`.',
    })
  }
  return parsed.data.map(({ id, data: fields }) => ({ data: fields, ...(id === undefined ? {} : { id }) }))
}
