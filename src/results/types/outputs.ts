import { z } from 'zod'
import { defineSay } from './say-type.js'
import type { Problem } from './shape-type.js'

/** What a `<ReactCode>` gives back, by field (Label Studio Enterprise, after its documentation). */
export type Outputs = Readonly<Record<string, unknown>>

/** The value of a `<ReactCode>`. */
export interface ReactCodeValue {
  readonly reactcode: Outputs
}

/** Fields are held against `outputs="a, b:choices(x,y), c:number(0,5)"`; a JSON Schema there is not looked at. */
export const outputs = defineSay<'outputs', Outputs>({
  kind: 'outputs',
  schema: z.record(z.string(), z.unknown()),
  check(content, { control }) {
    const fields = readFields(control.attributes.outputs)
    return fields === undefined
      ? []
      : Object.entries(content).flatMap(([name, value]) => checkField(name, value, fields))
  },
})

interface Field {
  readonly kind: string
  readonly parameters: readonly string[]
}

/** The fields of a list like `a, b:choices(x,y)`; undefined when none are named that way. */
function readFields(written: string | undefined): ReadonlyMap<string, Field> | undefined {
  if (written === undefined || written.trim() === '' || written.trim().startsWith('{')) return undefined
  const fields = [...written.matchAll(/(?<![^,:()\s])([^,:()\s]+)\s*(?::\s*(\w+)\s*(?:\(([^()]*)\)\s*)?)?(?:,|$)/g)]
  return new Map(
    fields.map(([, name = '', kind = '', parameters]) => [
      name,
      { kind, parameters: parameters === undefined ? [] : parameters.split(',').map((one) => one.trim()) },
    ]),
  )
}

function checkField(name: string, value: unknown, fields: ReadonlyMap<string, Field>): Problem[] {
  const field = fields.get(name)
  const wrong = (code: string, message: string): Problem[] => [{ code, severity: 'warning', key: name, message }]
  if (field === undefined)
    return wrong(
      'unknown-output',
      `\`outputs\` has no field ${JSON.stringify(name)}, only ${[...fields.keys()].join(', ')}`,
    )
  const expected = expectation(field)
  if (value === null || expected === undefined || expected.schema.safeParse(value).success) return []
  return wrong('invalid-output', `${name} is ${JSON.stringify(value)}, must be ${expected.words}`)
}

/** What a field takes; undefined for one of which nothing is said. */
function expectation({ kind, parameters }: Field): { readonly schema: z.ZodType; readonly words: string } | undefined {
  const [low = -Infinity, high = Infinity] = parameters.map(Number)
  switch (kind) {
    case 'choices':
      return { schema: z.enum(parameters), words: `one of ${parameters.join(', ')}` }
    case 'multichoices':
      return { schema: z.array(z.enum(parameters)), words: `a list of ${parameters.join(', ')}` }
    case 'number':
      return {
        schema: z.number().min(low).max(high),
        words: `a number${parameters.length === 2 ? ` in ${low}..${high}` : ''}`,
      }
    case 'rating': {
      const most = parameters.length === 0 ? Infinity : low
      return { schema: z.int().min(0).max(most), words: `whole stars${most === Infinity ? '' : ` in 0..${most}`}` }
    }
    default:
      return undefined
  }
}
