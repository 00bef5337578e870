import { valueAt } from '../../config/read-field.js'
import { PrelabelError } from '../../errors.js'
import type { Task } from '../../results/task.js'

const FIELD = /\{([^{}]+)\}/g

/**
 * Writes one text from several fields of a task: `{title}\n\n{doc.body}`. Numbers and booleans are written as they
 * read; a list's entries are joined by line breaks; a field that is null leaves nothing.
 *
 * @throws PrelabelError `template-field-missing` when the task has no such field, or it holds no text
 */
export function fillTemplate(template: string, task: Task): string {
  return template.replaceAll(FIELD, (_, field: string) => written(field.trim(), valueAt(task.data, field.trim())))
}

function written(path: string, value: unknown): string {
  if (value === undefined) throw missing(path, 'is not in the task')
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === null) return ''
  if (Array.isArray(value)) return value.map((entry: unknown) => written(path, entry)).join('\n')
  throw missing(path, 'holds no text')
}

function missing(path: string, what: string): PrelabelError {
  return new PrelabelError(`The field ${path} of the template ${what}`, {
    code: 'template-field-missing',
    path: `data.${path}`,
    hint: 'Name fields of the task, like {title} or {doc.body}.',
  })
}
