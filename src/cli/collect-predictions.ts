import { PrelabelError } from '../errors.js'

/** A prediction in a file, the task it stands with, and the path to it in the file. */
export interface FoundPrediction {
  readonly path: string
  readonly prediction: unknown
  readonly task?: { readonly data: Readonly<Record<string, unknown>> }
}

/**
 * The predictions of a JSON document, in any of the forms in which Label Studio and backends write them: one
 * prediction, a list of them, a backend's answer (`{results}`), tasks with `predictions`, or a bare list of results.
 */
export function collectPredictions(document: unknown): readonly FoundPrediction[] {
  const found = collect(document, '')
  if (found !== undefined) return found
  throw new PrelabelError('the file holds no predictions', {
    code: 'no-predictions',
    hint: 'Give a prediction `{"result": […]}`, a list of them, tasks with `predictions`, or the answer of a backend.',
  })
}

function collect(value: unknown, path: string, task?: FoundPrediction['task']): FoundPrediction[] | undefined {
  if (Array.isArray(value)) return collectList(value, path, task)
  if (!isRecord(value)) return undefined
  const own = isRecord(value.data) ? { data: value.data } : task
  const lists = ['results', 'predictions'].filter((key) => Array.isArray(value[key]))
  if (lists.length > 0) return lists.flatMap((key) => collect(value[key], join(path, key), own) ?? [])
  if (!('result' in value)) return undefined
  return [{ path, prediction: value, ...(own === undefined ? {} : { task: own }) }]
}

function collectList(list: readonly unknown[], path: string, task: FoundPrediction['task']) {
  if (list.some((entry) => isRecord(entry) && ('from_name' in entry || entry.type === 'relation')))
    return [{ path, prediction: { result: list }, ...(task === undefined ? {} : { task }) }]
  const entries = list.map((entry, index) => collect(entry, `${path}[${index}]`, task))
  return list.length > 0 && entries.every((entry) => entry === undefined)
    ? undefined
    : entries.flatMap((entry) => entry ?? [])
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
