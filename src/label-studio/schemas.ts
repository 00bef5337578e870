/** Answers of Label Studio 1.23's API, as far as they are used; other fields pass through. Names are the API's. */

import { z } from 'zod'

const id = z.int()
const results = z.array(z.looseObject({}))

export const versionSchema = z.looseObject({ release: z.string() })

export const projectSchema = z.looseObject({
  id,
  title: z.string().nullable(),
  label_config: z.string().nullable(),
  /** The version whose predictions are shown and sent to annotators; empty when none is chosen. */
  model_version: z.string().nullish(),
  created_at: z.string().optional(),
  task_number: z.int().nullish(),
})
export type Project = z.infer<typeof projectSchema>

export const annotationSchema = z.looseObject({
  id,
  result: results,
  task: id.nullish(),
  was_cancelled: z.boolean().optional(),
  ground_truth: z.boolean().optional(),
  lead_time: z.number().nullish(),
})
export type Annotation = z.infer<typeof annotationSchema>

export const predictionSchema = z.looseObject({
  id,
  result: z.unknown(),
  score: z.number().nullish(),
  model_version: z.string().nullish(),
  task: id.nullish(),
})
export type Prediction = z.infer<typeof predictionSchema>

export const taskSchema = z.looseObject({
  id,
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(annotationSchema).default([]),
  predictions: z.array(predictionSchema).default([]),
})
export type ApiTask = z.infer<typeof taskSchema>

export const importResultSchema = z.looseObject({ task_count: z.int(), task_ids: z.array(id).default([]) })
export type ImportResult = z.infer<typeof importResultSchema>

export const mlBackendSchema = z.looseObject({
  id,
  url: z.string(),
  title: z.string().nullish(),
  /** `CO` connected, `DI` disconnected, `ER` error, `TR` training, `PR` predicting. */
  state: z.string(),
  error_message: z.string().nullish(),
  model_version: z.string().nullish(),
  is_interactive: z.boolean().optional(),
  project: id,
})
export type MlBackend = z.infer<typeof mlBackendSchema>

export const webhookSchema = z.looseObject({
  id,
  url: z.string(),
  project: id.nullish(),
  send_payload: z.boolean().optional(),
  send_for_all_actions: z.boolean().optional(),
  actions: z.array(z.string()).optional(),
})
export type Webhook = z.infer<typeof webhookSchema>
