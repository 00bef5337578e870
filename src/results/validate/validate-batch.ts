import type { LabelingConfig } from '../../config/index.js'
import type { Issue } from '../../issues.js'
import type { Task } from '../task.js'
import { type ValidateOptions, validatePrediction } from './validate-prediction.js'

/**
 * What is wrong with the predictions of a batch: one entry for each task, in order, and each of them right. Paths
 * start with `results[2]`.
 */
export function validateBatch(
  config: LabelingConfig,
  tasks: readonly Task[],
  predictions: readonly unknown[],
  options: Omit<ValidateOptions, 'task'> = {},
): readonly Issue[] {
  const count: Issue[] =
    predictions.length === tasks.length
      ? []
      : [
          {
            code: 'entry-count',
            severity: 'error',
            path: 'results',
            message: `${predictions.length} entries for ${tasks.length} tasks: Label Studio drops them all`,
            hint: 'Give one entry for each task, in the order of the tasks; `{ result: [] }` where nothing was found.',
          },
        ]
  return [
    ...count,
    ...predictions.flatMap((prediction, index) => {
      const task = tasks[index]
      const issues = validatePrediction(config, prediction, task === undefined ? options : { ...options, task })
      return issues.map((issue) => ({
        ...issue,
        path: issue.path === '' ? `results[${index}]` : `results[${index}].${issue.path}`,
      }))
    }),
  ]
}
