import { z } from 'zod'
import { PrelabelError } from './errors.js'
import { nearestName } from './nearest-name.js'

/** Whose options they are. */
export interface OptionsOwner {
  /** The function that they were given to, the beginning of the path in an error: `createBackend`. */
  readonly name: string
  /** The page of the documentation that lists them: `docs/backend.md`. */
  readonly page: string
  /** @default 'invalid-options' */
  readonly code?: string
  /** Options that belong elsewhere, and where: name -> hint. */
  readonly elsewhere?: ReadonlyMap<string, string>
}

/**
 * Options as their schema reads them.
 *
 * @throws PrelabelError of the owner's code, with the path of the first option that is wrong; for a misspelled one the hint
 * says which was meant
 */
export function parseOptions<S extends z.ZodType>(owner: OptionsOwner, schema: S, options: unknown): z.output<S> {
  const parsed = schema.safeParse(options)
  if (parsed.success) return parsed.data
  const { name, page, code = 'invalid-options', elsewhere } = owner
  const { path: steps, message, unknown } = firstSlip(parsed.error)
  const within = z.core.toDotPath(unknown === undefined ? steps : [...steps, unknown])
  const path = within === '' || within.startsWith('[') ? `${name}${within}` : `${name}.${within}`
  throw new PrelabelError(`${path}: ${message}`, { code, path, hint: hintAt() })

  function hintAt(): string {
    if (unknown === undefined) return `${page} says what the option takes.`
    const belongs = steps.length === 0 ? elsewhere?.get(unknown) : undefined
    if (belongs !== undefined) return belongs
    const meant = nearestName(unknown, optionsAt(schema, steps))
    return meant === undefined ? `${page} lists the options.` : `Did you mean \`${meant}\`?`
  }
}

interface Slip {
  readonly path: readonly PropertyKey[]
  readonly message: string
  /** The option that there is not. */
  readonly unknown?: string
}

/** What is wrong first. Of alternatives, the one that is right but for a name was meant. */
function firstSlip({ issues: [issue] }: Pick<z.ZodError, 'issues'>, above: readonly PropertyKey[] = []): Slip {
  const path = [...above, ...(issue?.path ?? [])]
  if (issue?.code === 'unrecognized_keys') return { path, message: 'no such option', unknown: issue.keys[0] ?? '' }
  if (issue?.code === 'invalid_union') {
    const slips = issue.errors.map((issues) => firstSlip({ issues }, path))
    const misspelled = slips.find(({ unknown }) => unknown !== undefined)
    if (misspelled !== undefined) return misspelled
  }
  return { path, message: issue?.message ?? 'not valid' }
}

/** Names of the options that stand beside one that there is not. */
function optionsAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path
  return alternatives(schema).flatMap((one) => {
    if (step === undefined) return one instanceof z.ZodObject ? Object.keys(one.shape) : []
    if (one instanceof z.ZodObject) return optionsAt(one.shape[String(step)], rest)
    if (one instanceof z.ZodArray) return optionsAt(one.element, rest)
    return one instanceof z.ZodRecord ? optionsAt(one.valueType, rest) : []
  })
}

/** A schema without what makes it optional; each one of a union. */
function alternatives(schema: unknown): unknown[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(alternatives)
  if (schema instanceof z.ZodPipe) return [schema.in, schema.out].flatMap(alternatives)
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  )
    return alternatives(schema.unwrap())
  return [schema]
}
