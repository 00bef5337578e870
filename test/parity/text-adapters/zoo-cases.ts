import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

export const zoo = path.resolve(process.env.PRELABEL_SHARED ?? '../shared', 'zoo')
/** Whether the models and recorded answers are there. */
export const hasZoo = existsSync(zoo)
if (!hasZoo) console.info(`skipped: ${zoo} is not there; set PRELABEL_SHARED`)

const entity = z.object({
  entity_group: z.string(),
  score: z.number(),
  /** Code points. */
  start: z.number(),
  end: z.number(),
})

const file = z.object({
  cases: z.array(
    z.object({
      text: z.string(),
      tokens_no_truncation: z.number(),
      max: z.array(entity),
      max_stride128: z.array(entity).optional(),
    }),
  ),
})

/** What the Python pipeline finds by `max`, in windows where the text is long; offsets in code points. */
export function zooCases(model: string) {
  const { cases } = file.parse(JSON.parse(readFileSync(`${zoo}/${model}/reference/cases.json`, 'utf8')))
  return cases.map(({ text, max, max_stride128 }) => ({ text, entities: max_stride128 ?? max }))
}
