import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { PrelabelError } from '../../../errors.js'

const triple = z.tuple([z.number(), z.number(), z.number()])

const settings = z.object({
  size: z.union([
    z.object({ longest_edge: z.int().positive() }),
    z.object({ height: z.int().positive(), width: z.int().positive() }),
  ]),
  do_pad: z.boolean().optional(),
  do_rescale: z.boolean().default(true),
  rescale_factor: z
    .number()
    .positive()
    .default(1 / 255),
  do_normalize: z.boolean().default(true),
  image_mean: triple.optional(),
  image_std: triple.optional(),
})

/** What transformers' image processors say of the pictures that a model wants. */
export type PreprocessorConfig = z.output<typeof settings>

/** Up to transformers 4 in a file of its own, from 5 on inside the processor's. */
const FILES = [
  { name: 'preprocessor_config.json', schema: settings },
  {
    name: 'processor_config.json',
    schema: z.object({ image_processor: settings }).transform(({ image_processor }) => image_processor),
  },
]

/**
 * Reads what stands beside a model; undefined when nothing does.
 *
 * @throws PrelabelError `sam-preprocessor-invalid`
 */
export async function readPreprocessorConfig(folder: string): Promise<PreprocessorConfig | undefined> {
  for (const { name, schema } of FILES) {
    const file = path.join(folder, name)
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text === undefined) continue
    const parsed = schema.safeParse(parseJson(text))
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw new PrelabelError(`${name}: ${issue?.path.join('.')}: ${issue?.message}`, {
      code: 'sam-preprocessor-invalid',
      path: file,
      hint: 'Take the file that belongs to the model, or remove it and say `picture` in the options.',
    })
  }
  return undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
