/** Bodies that Label Studio sends. Fields that are not used pass through unread. */

import { z } from 'zod'

/** `"12.1795299628"`: id and creation time of the project. A string on the wire, and it stays one. */
const project = z
  .union([z.string(), z.int()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? undefined : String(value)))

const record = z.record(z.string(), z.unknown())

export const setupSchema = z.looseObject({
  project,
  /** The labeling config; `/predict` calls it `label_config`. */
  schema: z.string(),
})

export const predictSchema = z.looseObject({
  /** Checked one by one, so that a broken task costs no other its prediction. */
  tasks: z.array(z.unknown()),
  project,
  label_config: z.string().nullish(),
  params: z.looseObject({ context: z.looseObject({ result: z.array(record).nullish() }).nullish() }).nullish(),
})

export type PredictRequest = z.infer<typeof predictSchema>

export const taskSchema = z.looseObject({ id: z.union([z.int(), z.string()]).exactOptional(), data: record })

export const trainSchema = z.looseObject({ project, label_config: z.string().nullish() })

export const jobStatusSchema = z.looseObject({ job: z.string() })

export const validateSchema = z.looseObject({ config: z.string() })

export const deleteSchema = z.looseObject({ project })

export const duplicateSchema = z.looseObject({ project_src: project, project_dst: project })
