import { z } from 'zod'
import { valueAt } from '../../config/read-field.js'
import { defineSay, type SayContext } from './say-type.js'
import type { Problem } from './shape-type.js'

/** The value of a `<Ranker>`: ids of items, best first, under the ranker's name or in each bucket. */
export interface RankerValue {
  readonly ranker: Readonly<Record<string, readonly string[]>>
}

/** Items by their ids, best first; by bucket, or a bare list. */
export type Ranking = Readonly<Record<string, readonly (string | number)[]>> | readonly (string | number)[]

/** Where items are kept that no bucket has. */
const SOURCE = '_'

const ids = z.array(z.union([z.string(), z.number()])).readonly()

export const ranking = defineSay<'ranking', Ranking>({
  kind: 'ranking',
  schema: z.union([z.record(z.string(), ids).readonly(), ids], 'must be lists of ids by bucket'),
  check(content, context) {
    const lists = Array.isArray(content) ? [['', content] as const] : Object.entries(content)
    return lists.flatMap(([bucket, items]) => [
      ...(bucket === '' ? [] : checkBucket(bucket, context)),
      ...items.flatMap((id: string | number, index: number) =>
        checkItem(id, `${bucket === '' ? '' : `.${bucket}`}[${index}]`, context),
      ),
    ])
  },
})

function checkBucket(bucket: string, { control }: SayContext): Problem[] {
  const buckets = control.options.map(({ attributes, label }) => attributes.name ?? label)
  const known = buckets.length === 0 ? [control.name] : [...buckets, SOURCE]
  if (known.includes(bucket)) return []
  return [
    {
      code: 'unknown-bucket',
      severity: 'warning',
      key: `.${bucket}`,
      message: `${control.path} has no bucket ${JSON.stringify(bucket)}: its items are put back`,
      hint: `Its buckets are ${known.map((name) => JSON.stringify(name)).join(', ')}.`,
    },
  ]
}

function checkItem(id: string | number, key: string, context: SayContext): Problem[] {
  const warning = (message: string): Problem[] => [{ code: 'unknown-item', severity: 'warning', key, message }]
  if (typeof id === 'number') return warning(`the id ${id} is a number; ids of items are texts`)
  const known = itemsOfTask(context)
  return known === undefined || known.has(id) ? [] : warning(`the list has no item with the id ${JSON.stringify(id)}`)
}

function itemsOfTask({ config, control, task }: SayContext): ReadonlySet<string> | undefined {
  const field = config.objects.get(control.toName[0] ?? '')?.field
  const items = task === undefined || field === undefined ? undefined : valueAt(task.data, field)
  if (!Array.isArray(items)) return undefined
  return new Set(items.map((item: unknown) => String(valueAt(item, 'id'))))
}
