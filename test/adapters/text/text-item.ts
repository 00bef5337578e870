import type { Item, Logger, PredictContext } from '../../../src/adapters/adapter.js'
import type { ControlTag, ObjectTag } from '../../../src/config/labeling-config.js'
import type { DialogueInput, TextInput } from '../../../src/media/inputs.js'
import type { Prompt } from '../../../src/results/read/prompt.js'

const position = { line: 1, column: 1, offset: 0 }

export function controlTag(tag: string, values: Partial<ControlTag> = {}): ControlTag {
  return {
    kind: 'control',
    name: 'control',
    tag,
    toName: ['text'],
    options: [],
    labels: [],
    resultType: tag.toLowerCase(),
    valueKey: tag.toLowerCase(),
    multiple: false,
    perRegion: false,
    perItem: false,
    attributes: {},
    path: `View/${tag}[control]`,
    position,
    ...values,
  }
}

function objectTag(tag: string): ObjectTag {
  return {
    kind: 'object',
    name: 'text',
    tag,
    value: '$text',
    list: false,
    field: 'text',
    attributes: {},
    path: `View/${tag}[text]`,
    position,
  }
}

/** An item as the backend gives it to a text adapter. */
export function textItem(
  input: TextInput | DialogueInput,
  parts: {
    controls?: readonly ControlTag[]
    data?: Record<string, unknown>
    prompts?: readonly Prompt[]
  } = {},
): Item<TextInput | DialogueInput> {
  const object = objectTag(input.kind === 'dialogue' ? 'Paragraphs' : input.html === undefined ? 'Text' : 'HyperText')
  return {
    task: { id: 1, data: parts.data ?? {} },
    object,
    controls: parts.controls ?? [controlTag('Labels')],
    input,
    inputs: [{ object, input }],
    ...(parts.prompts === undefined ? {} : { context: { results: [], prompts: parts.prompts } }),
  }
}

const quiet: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

export function predictContext<M>(model: M, signal = new AbortController().signal): PredictContext<M> {
  return { model, signal, logger: quiet }
}
