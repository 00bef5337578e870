import type { Item, Logger } from '../../../src/adapters/adapter.js'
import type { ControlTag, ObjectTag } from '../../../src/config/labeling-config.js'
import type { ImageInput } from '../../../src/media/inputs.js'

const position = { line: 1, column: 1, offset: 0 }

/** An item as the backend gives it, with one control of a kind. The adapter reads only bytes, controls and their attributes. */
export function pictureItem(bytes: Uint8Array, controls: readonly ControlTag[] = [control()]): Item<ImageInput> {
  const object: ObjectTag = {
    kind: 'object',
    name: 'photo',
    tag: 'Image',
    value: '$image',
    list: false,
    field: 'image',
    attributes: {},
    path: 'View/Image[photo]',
    position,
  }
  const input: ImageInput = { kind: 'image', bytes, width: 0, height: 0, orientation: 1, format: 'jpeg', hash: '' }
  return { task: { id: 1, data: { image: 'photo.jpg' } }, object, controls, input, inputs: [{ object, input }] }
}

export function control(name = 'box', tag = 'RectangleLabels', attributes: Record<string, string> = {}): ControlTag {
  return {
    kind: 'control',
    name,
    tag,
    toName: ['photo'],
    options: [],
    labels: [],
    resultType: tag.toLowerCase(),
    valueKey: tag.toLowerCase(),
    multiple: false,
    perRegion: false,
    perItem: false,
    attributes,
    path: `View/${tag}[${name}]`,
    position,
  }
}

export const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
