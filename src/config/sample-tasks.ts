import type { LabelingConfig } from './labeling-config.js'
import { readXml } from './xml/read-xml.js'

/** A task as it stands in a config's comment. */
export interface SampleTask {
  readonly data: Readonly<Record<string, unknown>>
  readonly predictions?: readonly unknown[]
  readonly annotations?: readonly unknown[]
}

/**
 * The sample tasks of a config: comments behind the root element that hold JSON, as Label Studio's templates have them:
 * `<!-- {"data": {…}, "predictions": […]} -->`, or a list of such. Other comments are passed over.
 */
export function sampleTasks(config: LabelingConfig): SampleTask[] {
  const { root, comments } = readXml(config.xml)
  return comments.flatMap(({ start, content }) => (root !== undefined && start >= root.end ? tasksIn(content) : []))
}

function tasksIn(comment: string): SampleTask[] {
  let json: unknown
  try {
    json = JSON.parse(comment)
  } catch {
    return []
  }
  return (Array.isArray(json) ? json : [json]).filter(isTask)
}

function isTask(value: unknown): value is SampleTask {
  return (
    typeof value === 'object' &&
    value !== null &&
    'data' in value &&
    typeof value.data === 'object' &&
    value.data !== null &&
    !Array.isArray(value.data) &&
    isListOrAbsent(value, 'predictions') &&
    isListOrAbsent(value, 'annotations')
  )
}

function isListOrAbsent(value: object, key: string): boolean {
  const member: unknown = Reflect.get(value, key)
  return member === undefined || Array.isArray(member)
}
