/** The editor's rules for what a `value` attribute reads from the task. */

import type { ObjectTag } from './labeling-config.js'
import { stepsOf } from './task-fields.js'

/** A value that is nothing but `$path`. */
export const FIELD_ONLY = /^\$([\w[\].{}]+)$/

/**
 * What an object shows of a task: exactly `$path` gives the field as it is (`$a.b[0].c`); other text has every `$path`
 * in it replaced; without `$` it is a literal.
 */
export function readField(object: ObjectTag, data: Readonly<Record<string, unknown>>): unknown {
  return object.field === undefined ? interpolate(object.value, data) : valueAt(data, object.field)
}

/** The same for any text of the config, such as the `on` of a `<Repeater>`. */
export function readValue(written: string, data: Readonly<Record<string, unknown>>): unknown {
  const field = FIELD_ONLY.exec(written)?.[1]
  return field === undefined ? interpolate(written, data) : valueAt(data, field)
}

function interpolate(text: string, data: Readonly<Record<string, unknown>>): string {
  return text.replace(/\$([\w[\].{}]+)/g, (_, path: string) => {
    const value = valueAt(data, path)
    return value === undefined || value === null ? '' : String(value)
  })
}

/** `a.b[0].c` of a value; undefined where a step is missing. Only own members are read. */
export function valueAt(value: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>(
    (at, step) => (isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined),
    value,
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
