import { z } from 'zod'
import type { ControlTag } from '../../../config/labeling-config.js'
import type { Ranking } from '../../../results/findings.js'
import type { ItemInput } from '../../adapter.js'
import { type AnswerForm, type FormOptions, scored } from './answer-form.js'
import { singleForm } from './make-form.js'
import { oneOf } from './vocabulary.js'

/** `<Pairwise>`: the better of the two objects that it names. */
export function pairwiseForm({ toName }: ControlTag, options: FormOptions): AnswerForm {
  const [left, right] = toName
  const side = z.enum(['left', 'right'])
  const open = options.abstain ? ', null if neither is' : ''
  return singleForm(
    options.abstain ? side.nullable() : side,
    `which of the two is better: "left" is ${JSON.stringify(left)}, "right" is ${JSON.stringify(right)}${open}.`,
    options,
    (selected, score) => (selected === null ? [] : [{ kind: 'preference', selected, ...scored(score) }]),
  )
}

const listItems = z.array(z.looseObject({ id: z.union([z.string(), z.number()]).transform(String) })).min(1)

/** `<Ranker>`: all items of the list in order, or each in one of the buckets. */
export function rankerForm(
  control: ControlTag,
  inputs: readonly ItemInput[],
  options: FormOptions,
): AnswerForm | undefined {
  const list = inputs.find(({ object }) => control.toName.includes(object.name))?.input
  const items = listItems.safeParse(list?.kind === 'data' ? list.value : undefined)
  if (!items.success) return undefined
  const ids = [...new Set(items.data.map(({ id }) => id))]
  return control.labels.length === 0 ? orderForm(ids, options) : bucketsForm(ids, control.labels, options)
}

function orderForm(ids: readonly string[], options: FormOptions): AnswerForm {
  const order = z
    .array(oneOf(ids))
    .refine((given) => given.length === ids.length && new Set(given).size === ids.length, 'must hold every id once')
  return singleForm(
    order,
    `the ids of all ${ids.length} items, best first, each once.`,
    options,
    (given, score) => [ranking(given, score)],
    'token',
  )
}

function bucketsForm(ids: readonly string[], buckets: readonly string[], options: FormOptions): AnswerForm {
  const placed = z
    .array(z.strictObject({ id: oneOf(ids), bucket: oneOf(buckets) }))
    .refine((given) => new Set(given.map(({ id }) => id)).size === given.length, 'must not hold an id twice')
  const names = buckets.map((name) => JSON.stringify(name)).join(', ')
  return singleForm(
    placed,
    `the items sorted into the buckets ${names}, best first within each${options.abstain ? '; leave out what fits none' : ''}.`,
    options,
    (given, score) => {
      const inBucket = (name: string) => given.flatMap(({ id, bucket }) => (bucket === name ? id : []))
      return [ranking(Object.fromEntries(buckets.map((name) => [name, inBucket(name)])), score)]
    },
    'token',
  )
}

function ranking(order: Ranking['order'], score: number | undefined): Ranking {
  return { kind: 'ranking', order, ...scored(score) }
}
