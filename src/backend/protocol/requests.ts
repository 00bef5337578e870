/** Bodies that Label Studio sends. Fields that are not used are not read. */

import { z } from 'zod'
import type { Task } from '../../results/task.js'

/** `"12.1795299628"`: id and creation time of the project. A string on the wire, and it stays one. */
const project = z
  .union([z.string(), z.int()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? undefined : String(value)))

const record = z.record(z.string(), z.unknown())

export const setupSchema = z.object({
  project,
  /** The labeling config; `/predict` calls it `label_config`. */
  schema: z.string(),
  /** What the model's connection has as extra params. */
  extra_params: z.unknown().optional(),
})

export const predictSchema = z.object({
  /** Checked one by one, so that a broken task costs no other its prediction. */
  tasks: z.array(z.unknown()),
  project,
  label_config: z.string().nullish(),
  /** What was drawn is read one by one: `readContext`. */
  params: z.object({ context: z.unknown().optional() }).nullish(),
})

export const taskSchema = z.object({ id: z.union([z.int(), z.string()]).exactOptional(), data: record })

export function isTask(value: unknown): value is Task {
  return taskSchema.safeParse(value).success
}

export const trainSchema = z.object({ project, label_config: z.string().nullish() })

export const jobStatusSchema = z.object({ job: z.string() })

export const validateSchema = z.object({ config: z.string() })

export const deleteSchema = z.object({ project })

export const duplicateSchema = z.object({ project_src: project, project_dst: project })
