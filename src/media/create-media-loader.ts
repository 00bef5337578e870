/** The media loader: a task's field in, what a model can read out. */

import { PrelabelError } from '../errors.js'
import { createReader } from './create-reader.js'
import { decodeText } from './decode-text.js'
import { parseDialogue, readDialogue, USUAL_KEYS } from './dialogue.js'
import { readImageHeader } from './image-header/read-image-header.js'
import type { ImageInput } from './inputs.js'
import type { LoadContext, LoadedAs, MediaLoader } from './media-loader.js'
import { checkMediaOptions, type MediaLoaderOptions } from './options.js'
import { sha256 } from './sha256.js'

type Forms = { [F in keyof LoadedAs]: (value: unknown, context: LoadContext) => Promise<LoadedAs[F]> }

/**
 * Makes a loader. It opens connections and directories when they are first needed; `dispose` closes them.
 *
 * @throws PrelabelError `media-options`, `label-studio-url`
 */
export function createMediaLoader(options: MediaLoaderOptions = {}): MediaLoader {
  const checked = checkMediaOptions(options)
  const { seconds, fileSeconds, imageBytes, textBytes, fileBytes, pixels } = checked.limits
  const { readBytes, readFile, dispose } = createReader(checked)

  async function loadImage(value: unknown, context: LoadContext): Promise<ImageInput> {
    const { bytes, name } = await readBytes(value, context, { seconds, bytes: imageBytes })
    const header = readImageHeader(bytes, name)
    if (header.width * header.height > pixels) {
      throw new PrelabelError(`${name} has ${header.width}×${header.height} pixels, more than ${pixels}`, {
        code: 'media-too-many-pixels',
        hint: 'Raise the media option `limits.pixels` if pictures of this size are meant.',
      })
    }
    return { kind: 'image', bytes, ...header, hash: await sha256(bytes) }
  }

  async function readText(value: unknown, context: LoadContext): Promise<string> {
    const { bytes, contentType } = await readBytes(value, context, { seconds, bytes: textBytes })
    return decodeText(bytes, contentType)
  }

  const fileCaps = { seconds: fileSeconds, bytes: fileBytes }
  const forms: Forms = {
    image: loadImage,
    text: async (value, context) => ({ kind: 'text', text: await readText(value, context) }),
    async dialogue(value, context) {
      const keys = { ...USUAL_KEYS, ...context.dialogueKeys }
      return Array.isArray(value) ? readDialogue(value, keys) : parseDialogue(await readText(value, context), keys)
    },
    audio: async (value, context) => ({ kind: 'audio', ...(await readFile(value, context, fileCaps)) }),
    video: async (value, context) => ({ kind: 'video', ...(await readFile(value, context, fileCaps)) }),
  }

  return {
    async load(form, value, context = {}) {
      try {
        return await forms[form](value, context)
      } catch (error) {
        throw PrelabelError.isInstance(error) ? error : diskError(error)
      }
    },
    dispose,
  }
}

/** What is not told apart before: no rights, no space, too many open files. */
function diskError(cause: unknown): PrelabelError {
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
  return new PrelabelError(`a file cannot be read or written${code}`, {
    code: 'media-disk',
    hint: 'Check the rights and the free space of the directories in `roots`, of `cache`, and of temporary files.',
    cause,
  })
}
