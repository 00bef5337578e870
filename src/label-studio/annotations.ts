/** Annotations of a task. */

import { z } from 'zod'
import type { Api } from './request.js'
import { type Annotation, annotationSchema } from './schemas.js'

/** Fields of an annotation that can be set, under the API's names. */
export interface AnnotationFields {
  readonly result?: readonly object[]
  readonly was_cancelled?: boolean
  readonly ground_truth?: boolean
  readonly lead_time?: number
}

export interface AnnotationsApi {
  list(task: number): Promise<readonly Annotation[]>
  create(task: number, fields: AnnotationFields & { readonly result: readonly object[] }): Promise<Annotation>
  update(id: number, fields: AnnotationFields): Promise<Annotation>
  delete(id: number): Promise<void>
}

export function annotationsApi(api: Api): AnnotationsApi {
  const ofTask = (task: number) => `/api/tasks/${task}/annotations/`
  const one = (id: number) => `/api/annotations/${id}/`
  return {
    list: (task) => api.call(z.array(annotationSchema), { path: ofTask(task) }),
    create: (task, fields) => api.call(annotationSchema, { method: 'POST', path: ofTask(task), body: fields }),
    update: (id, fields) => api.call(annotationSchema, { method: 'PATCH', path: one(id), body: fields }),
    delete: (id) => api.send({ method: 'DELETE', path: one(id) }),
  }
}
