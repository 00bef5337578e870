/** Predictions, one by one and in bulk. */

import { z } from 'zod'
import type { Api } from './request.js'
import { type Prediction, predictionSchema } from './schemas.js'

/** A prediction to store. */
export interface NewPrediction {
  /** The task's id. */
  readonly task: number
  readonly result: readonly object[]
  /** 0..1 when Label Studio validates predictions. */
  readonly score?: number | null
  readonly model_version?: string
}

export interface PredictionsApi {
  list(of: { readonly task: number } | { readonly project: number }): Promise<readonly Prediction[]>
  create(prediction: NewPrediction): Promise<Prediction>
  /**
   * Stores many, a chunk for each request; the next chunk is taken from `predictions` when the last one is stored.
   *
   * @returns how many were stored
   */
  importAll(
    project: number,
    predictions: Iterable<NewPrediction> | AsyncIterable<NewPrediction>,
    options?: { readonly chunkSize?: number; readonly signal?: AbortSignal },
  ): Promise<number>
  delete(id: number): Promise<void>
}

const importAnswer = z.object({ created: z.int() })

export function predictionsApi(api: Api): PredictionsApi {
  return {
    list: (of) => api.call(z.array(predictionSchema), { path: '/api/predictions', query: { ...of } }),
    create: (prediction) => api.call(predictionSchema, { method: 'POST', path: '/api/predictions', body: prediction }),
    async importAll(project, predictions, { chunkSize = 250, signal } = {}) {
      const path = `/api/projects/${project}/import/predictions`
      let stored = 0
      for await (const body of chunks(predictions, chunkSize)) {
        const call = { method: 'POST', path, body, ...(signal === undefined ? {} : { signal }) } as const
        stored += (await api.call(importAnswer, call)).created
      }
      return stored
    },
    delete: (id) => api.send({ method: 'DELETE', path: `/api/predictions/${id}` }),
  }
}

async function* chunks<T>(items: Iterable<T> | AsyncIterable<T>, size: number): AsyncIterable<readonly T[]> {
  let chunk: T[] = []
  for await (const item of items) {
    chunk.push(item)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
