/** Webhooks of a project. Adding an ML backend makes one for it. */

import { z } from 'zod'
import type { Api } from './request.js'
import { type Webhook, webhookSchema } from './schemas.js'

export interface WebhookFields {
  readonly project?: number
  readonly url?: string
  readonly send_payload?: boolean
  /** @default false where `actions` are given, else true */
  readonly send_for_all_actions?: boolean
  readonly actions?: readonly string[]
  /** Sent with each call: up to ten. */
  readonly headers?: Readonly<Record<string, string>>
  readonly is_active?: boolean
}

export interface WebhooksApi {
  list(project: number): Promise<readonly Webhook[]>
  create(fields: WebhookFields & { readonly url: string }): Promise<Webhook>
  update(id: number, fields: WebhookFields): Promise<Webhook>
  delete(id: number): Promise<void>
}

export function webhooksApi(api: Api): WebhooksApi {
  const one = (id: number) => `/api/webhooks/${id}/`
  return {
    list: (project) => api.call(z.array(webhookSchema), { path: '/api/webhooks/', query: { project } }),
    create: (fields) => api.call(webhookSchema, { method: 'POST', path: '/api/webhooks/', body: onlyFor(fields) }),
    update: (id, fields) => api.call(webhookSchema, { method: 'PATCH', path: one(id), body: onlyFor(fields) }),
    delete: (id) => api.send({ method: 'DELETE', path: one(id) }),
  }
}

/** Label Studio sends all actions, whichever are named, until it is told not to. */
function onlyFor<T extends WebhookFields>(fields: T): T {
  return fields.actions === undefined ? fields : { send_for_all_actions: false, ...fields }
}
