/** What the Data Manager's menu does to tasks. */

import { z } from 'zod'
import type { Api } from './request.js'

/** `retrieve_tasks_predictions`, `delete_tasks_predictions`, `predictions_to_annotations`, … */
export type ActionId = 'retrieve_tasks_predictions' | 'delete_tasks_predictions' | 'predictions_to_annotations'

export interface ActionsApi {
  /**
   * Runs an action on tasks.
   *
   * @param tasks their ids; all tasks of the project without it
   * @returns what Label Studio says of it. It reports success even when the backend failed.
   */
  run(project: number, action: ActionId, tasks?: readonly number[]): Promise<string>
}

/** Label Studio answers when all is done; for predictions it waits 100 s for the backend, and stores them after that. */
const TIMEOUT_S = 900

const actionAnswer = z.looseObject({ detail: z.string().optional() })

export function actionsApi(api: Api): ActionsApi {
  return {
    async run(project, action, tasks) {
      const selectedItems = tasks === undefined ? { all: true, excluded: [] } : { all: false, included: tasks }
      const call = {
        method: 'POST',
        path: '/api/dm/actions',
        query: { id: action, project },
        timeoutSeconds: TIMEOUT_S,
      } as const
      const { detail } = await api.call(actionAnswer, { ...call, body: { selectedItems, project } })
      return detail ?? ''
    },
  }
}
