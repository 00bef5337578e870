import { readFileSync } from 'node:fs'
import { z } from 'zod'

const entity = z.tuple([z.string(), z.number(), z.number(), z.number()])
const entities = z.array(entity).optional()

const file = z.object({
  cases: z.array(
    z.object({
      text: z.string(),
      tokens: z.number(),
      ids: z.array(z.number()).optional(),
      offsets: z.array(z.number()).optional(),
      none: entities,
      simple: entities,
      first: entities,
      average: entities,
      max: entities,
      simple_stride128: entities,
      max_stride128: entities,
      bioes: z.array(z.tuple([z.string(), z.number(), z.number()])).optional(),
    }),
  ),
})

export type ReferenceEntity = z.infer<typeof entity>
export type ReferenceCase = z.infer<typeof file>['cases'][number]

/** What the Python pipeline finds with a model: label, start and end in UTF-16 units, score. */
export function readReference(model: string): ReferenceCase[] {
  return file.parse(JSON.parse(readFileSync(`test/fixtures/${model}/reference.json`, 'utf8'))).cases
}
