import type { ObjectTag } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import type { TextInput } from '../../media/inputs.js'
import type { LoadContext, MediaLoader } from '../../media/media-loader.js'
import { indexHyperText } from '../../results/text/index.js'

/**
 * The text of a `<Text>` or the rendered text of a `<HyperText>`: from the task, or from the URL in it when the tag has
 * `valueType="url"`.
 */
export function readText(
  object: ObjectTag,
  value: unknown,
  media: () => Promise<MediaLoader>,
  context: () => LoadContext,
): TextInput | Promise<TextInput> {
  if (object.attributes.valueType !== 'url') return shownText(object, plain(object, value))
  return media()
    .then((loader) => loader.load('text', value, context()))
    .then(({ text }) => shownText(object, text))
}

function shownText(object: ObjectTag, written: string): TextInput {
  const text = decode(object, written)
  if (object.tag !== 'HyperText') return { kind: 'text', text }
  return { kind: 'text', text: indexHyperText(object, text).text, html: text }
}

function plain({ name, tag, field }: ObjectTag, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new PrelabelError(`<${tag} name="${name}"> shows text, and the task holds none for it`, {
    code: 'task-field-invalid',
    status: 400,
    hint: 'Write a text into the field of the task, or name in `value` a field that has one.',
    ...(field === undefined ? {} : { path: `data.${field}` }),
  })
}

function decode({ name, tag, field, attributes: { encoding } }: ObjectTag, text: string): string {
  if (encoding !== 'base64' && encoding !== 'base64unicode') return text
  try {
    const decoded = atob(text)
    if (encoding === 'base64') return decoded
    return new TextDecoder().decode(Uint8Array.from(decoded, (character) => character.charCodeAt(0)))
  } catch (cause) {
    throw new PrelabelError(
      `<${tag} name="${name}"> has \`encoding="${encoding}"\`, and the task's text is not base64`,
      {
        code: 'task-field-invalid',
        status: 400,
        hint: 'Encode the text of the task, or leave out `encoding`.',
        ...(field === undefined ? {} : { path: `data.${field}` }),
        cause,
      },
    )
  }
}
