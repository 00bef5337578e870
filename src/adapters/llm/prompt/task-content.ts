/** What a task shows, as the model is shown it. */

import type { ObjectTag } from '../../../config/labeling-config.js'
import { valueAt } from '../../../config/read-field.js'
import { PrelabelError } from '../../../errors.js'
import type { Input } from '../../../media/inputs.js'
import type { Task } from '../../../results/task.js'
import type { Item, ItemInput } from '../../adapter.js'
import { readText } from '../../text/item-texts.js'
import type { LlmImage, LlmPart } from '../provider.js'
import type { Fence } from './fence.js'
import { regionNotes } from './region-notes.js'
import type { Template } from './template.js'

/** A named text of a task, still without marks. */
export interface TaskText {
  readonly name: string
  readonly text: string
}

/** What is shown; without an object where it is a field as it stands. */
interface ShownInput {
  readonly object?: ObjectTag
  readonly input: Input
}

export interface TaskContent {
  /** Every text that goes into the message. */
  readonly texts: readonly TaskText[]
  readonly images: readonly { readonly name: string; readonly image: LlmImage }[]
  /** What is to be known of the region that is asked about. */
  readonly notes: readonly TaskText[]
}

/** What a model is shown of an item. */
export type ShownItem = Pick<Item, 'task' | 'inputs' | 'region'>

/** The formats that all providers take. */
const IMAGE_FORMATS = ['jpeg', 'png', 'gif', 'webp']

/**
 * The texts and pictures of a task: those that a template names, else every object's.
 *
 * @throws PrelabelError `llm-template-field` when the task lacks a field, `llm-input` for what no model can be shown
 */
export function contentOf(item: ShownItem, template: Template | undefined): TaskContent {
  const { task, inputs } = item
  const named =
    template === undefined
      ? inputs.flatMap(({ object, input }) => (input.kind === 'image' ? [] : [{ name: object.name, object, input }]))
      : template.names.map((name) => ({ name, ...inputNamed(name, task, inputs) }))
  return {
    texts: named.map((one) => ({ name: one.name, text: toText(one) })),
    images: imagesOf(inputs),
    notes: regionNotes(item),
  }
}

/** The pictures; the pages of one with `valueList` are numbered from 0. */
function imagesOf(inputs: readonly ItemInput[]): TaskContent['images'] {
  const seen = new Map<string, number>()
  return inputs.flatMap(({ object, input }) => {
    if (input.kind !== 'image') return []
    const page = seen.get(object.name) ?? 0
    seen.set(object.name, page + 1)
    const name = JSON.stringify(object.name)
    return [{ name: object.list ? `${name}, page ${page}` : name, image: toImage(input, object.path) }]
  })
}

/** The message of a task: its texts between marks, each picture after a line that names it. */
export function toParts(
  { texts, images, notes }: TaskContent,
  fence: Fence,
  template: Template | undefined,
): LlmPart[] {
  const fenced = new Map(texts.map(({ name, text }) => [name, fence(name, text)]))
  const shown = template?.render((name) => fenced.get(name) ?? '') ?? [...fenced.values()].join('\n\n')
  const said = [shown, ...notes.map(({ name, text }) => fence(name, text))]
  const text = said.filter((part) => part !== '').join('\n\n')
  return [
    ...(text === '' ? [] : [{ kind: 'text' as const, text }]),
    ...images.flatMap(({ name, image }) => [
      { kind: 'text' as const, text: `The picture ${name}:` },
      { kind: 'image' as const, image },
    ]),
  ]
}

/** What a placeholder means: an object by its name, the object that shows a field, or the field as it stands. */
function inputNamed(name: string, task: Task, inputs: readonly ItemInput[]): ShownInput {
  const shown = inputs.find(({ object }) => object.name === name) ?? inputs.find(({ object }) => object.field === name)
  if (shown !== undefined) return shown
  const value = valueAt(task.data, name)
  if (value !== undefined && value !== null) return { input: { kind: 'data', value } }
  throw new PrelabelError(`the task has no field ${JSON.stringify(name)}, which the template names`, {
    code: 'llm-template-field',
    path: `template.{${name}}`,
    hint: `Its fields are ${Object.keys(task.data).join(', ')}.`,
  })
}

function toText({ name, object, input }: ShownInput & { readonly name: string }): string {
  switch (input.kind) {
    case 'text':
      return readText(input, object).text
    case 'dialogue':
      return input.utterances
        .map(({ author, text }, index) => `[${index}] ${author === undefined ? '' : `${author}: `}${text}`)
        .join('\n')
    case 'data':
      return typeof input.value === 'string' ? input.value : JSON.stringify(input.value, null, 1)
    default:
      throw unfit(`${JSON.stringify(name)} is ${input.kind}, which is not text`, name)
  }
}

function toImage(input: Extract<Input, { kind: 'image' }>, path: string): LlmImage {
  const { bytes, format, width, height, hash } = input
  if (!IMAGE_FORMATS.includes(format)) throw unfit(`the picture is ${format}, which models do not take`, path)
  return { bytes, mediaType: `image/${format}`, width, height, hash }
}

function unfit(message: string, path: string): PrelabelError {
  return new PrelabelError(message, { code: 'llm-input', path, hint: 'Models take text, and JPEG, PNG, GIF and WebP.' })
}
