/** Items as the backend makes them, without one: config and tasks in, items with loaded inputs out. */

import type { Item, ItemInput } from '../../../src/adapters/adapter.js'
import { objectsOf, parseConfig, readField } from '../../../src/config/index.js'
import type { ObjectTag } from '../../../src/config/labeling-config.js'
import type { ImageInput, Input } from '../../../src/media/inputs.js'
import { createHtmlIndex } from '../../../src/results/text/index.js'

export const picture: ImageInput = {
  kind: 'image',
  bytes: Uint8Array.of(137, 80, 78, 71),
  width: 640,
  height: 480,
  orientation: 1,
  format: 'png',
  hash: 'f00d',
}

/** One item a task; tasks get ids from 1. */
export function makeItems(xml: string, tasks: readonly Readonly<Record<string, unknown>>[]): Item[] {
  const config = parseConfig(xml)
  const controls = [...config.controls.values()]
  const objects = [...new Set(controls.flatMap((control) => objectsOf(config, control)))]
  return tasks.map((data, index) => {
    const inputs = objects.map((object): ItemInput => ({ object, input: toInput(object, readField(object, data)) }))
    const [first] = inputs
    if (first === undefined) throw new Error('the config has no object')
    return { task: { id: index + 1, data }, ...first, inputs, controls }
  })
}

export function makeItem(xml: string, data: Readonly<Record<string, unknown>>): Item {
  const [item] = makeItems(xml, [data])
  if (item === undefined) throw new Error('no item')
  return item
}

function toInput({ tag }: ObjectTag, value: unknown): Input {
  switch (tag) {
    case 'Image':
      return picture
    case 'Text':
      return { kind: 'text', text: String(value) }
    case 'HyperText':
      return { kind: 'text', text: createHtmlIndex(String(value)).text, html: String(value) }
    case 'Paragraphs':
      return { kind: 'dialogue', utterances: Array.isArray(value) ? value : [] }
    default:
      return { kind: 'data', value }
  }
}
