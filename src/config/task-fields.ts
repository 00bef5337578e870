/** Which fields of a task a config reads, and what each must hold. */

import { z } from 'zod'
import type { LabelingConfig, ObjectTag } from './labeling-config.js'
import { objectRow } from './tags/tag-table.js'

export interface TaskField {
  /** Steps into the task's data: `$pages[0].url` -> `pages`, `0`, `url`. */
  readonly steps: readonly string[]
  /** What stands there. */
  readonly schema: z.ZodType
}

/** Fields that objects read as they are. Fields that are only woven into a text (`Title: $title`) may be absent. */
export function taskFields(config: LabelingConfig): TaskField[] {
  return [...config.objects.values()].flatMap((object) =>
    object.field === undefined ? [] : [{ steps: stepsOf(object.field), schema: fieldSchema(object) }],
  )
}

/** `a.b[0].c` -> `a`, `b`, `0`, `c`. */
export function stepsOf(path: string): string[] {
  return path.split(/[.[\]]/).filter((step) => step !== '')
}

function fieldSchema(object: ObjectTag): z.ZodType {
  if (object.list) return z.array(z.string()).readonly()
  const row = objectRow(object.tag)
  if (row === undefined) return z.unknown()
  const valueType = object.attributes.valueType
  return (valueType === undefined ? undefined : row.dataByValueType?.[valueType]) ?? row.data
}
