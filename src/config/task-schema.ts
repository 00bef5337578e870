/** The schema of a task's data, from the fields that a config reads. */

import { z } from 'zod'
import type { LabelingConfig } from './labeling-config.js'
import { type TaskField, taskFields } from './task-fields.js'

/**
 * The zod schema of `task.data`: what each object tag reads must be there, in the form it needs. Other fields pass.
 *
 * @example taskSchema(config).safeParse(task.data)
 */
export function taskSchema(config: LabelingConfig): z.ZodType<Record<string, unknown>> {
  const { children } = growTree(taskFields(config))
  return z.looseObject(Object.fromEntries([...children].map(([key, node]) => [key, schemaOf(node)])))
}

/** The same as JSON Schema (draft 2020-12). */
export function taskJsonSchema(config: LabelingConfig): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(taskSchema(config), { io: 'input' })
}

/** Fields by their steps: what stands at a place itself, and what beneath it. */
interface Node {
  readonly schemas: z.ZodType[]
  readonly children: Map<string, Node>
}

function growTree(fields: readonly TaskField[]): Node {
  const root: Node = { schemas: [], children: new Map() }
  for (const { steps, schema } of fields) {
    let at = root
    for (const step of steps) {
      const next: Node = at.children.get(step) ?? { schemas: [], children: new Map() }
      at.children.set(step, next)
      at = next
    }
    at.schemas.push(schema)
  }
  return root
}

function schemaOf({ schemas, children }: Node): z.ZodType {
  const beneath = [...children].map(([step, node]) => stepSchema(step, schemaOf(node)))
  return [...new Set([...schemas, ...beneath])].reduce((all, one) => z.intersection(all, one))
}

/** A value in which one step leads to `inner`: an index of a list, every item of it (`{{idx}}`), or a member. */
function stepSchema(step: string, inner: z.ZodType): z.ZodType {
  if (step.includes('{{')) return z.array(inner)
  if (!/^\d{1,3}$/.test(step)) return z.looseObject({ [step]: inner })
  const [first = inner, ...rest] = [...Array.from({ length: Number(step) }, () => z.unknown()), inner]
  return z.tuple([first, ...rest], z.unknown())
}
