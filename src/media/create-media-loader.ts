/** The media loader: a task's field in, what a model can read out. */

import { PrelabelError } from '../errors.js'
import { createAuthorization } from '../label-studio/authorization.js'
import { parseBaseUrl } from '../label-studio/base-url.js'
import { createAddressGuard } from './address-guard.js'
import { collectBytes, tooLarge } from './collect-bytes.js'
import { withDeadline } from './deadline.js'
import { decodeText } from './decode-text.js'
import { parseDialogue, readDialogue, USUAL_KEYS } from './dialogue.js'
import type { FetchSetting } from './fetch-media.js'
import type { FileStore } from './file-store.js'
import type { Connections } from './guarded-connection.js'
import { readImageHeader } from './image-header/read-image-header.js'
import type { FileInput, ImageInput } from './inputs.js'
import type { LoadContext, LoadedAs, MediaLoader } from './media-loader.js'
import { type OpenedSource, openFirst } from './open-source.js'
import { checkMediaOptions, type MediaLoaderOptions } from './options.js'
import { sha256 } from './sha256.js'
import { createSlots } from './slots.js'
import { findSources } from './source.js'

type Readers = { [F in keyof LoadedAs]: (value: unknown, context: LoadContext) => Promise<LoadedAs[F]> }

/**
 * Makes a loader. It opens connections and directories when they are first needed; `dispose` closes them.
 *
 * @throws PrelabelError `media-options`, `label-studio-url`
 */
export function createMediaLoader(options: MediaLoaderOptions = {}): MediaLoader {
  const { labelStudio, roots, localFiles, allow, limits, cache, fetch } = checkMediaOptions(options)
  const base = labelStudio === undefined ? undefined : parseBaseUrl(labelStudio.url)
  const guard = createAddressGuard(allow)
  const runInSlot = createSlots(limits.concurrency)
  let connections: Promise<Connections> | undefined
  let store: Promise<FileStore> | undefined

  const setting: FetchSetting = {
    guard,
    base,
    authorization:
      labelStudio?.token === undefined
        ? undefined
        : createAuthorization({ url: labelStudio.url, token: labelStudio.token }),
    redirects: limits.redirects,
    async fetchFor(trusted) {
      if (fetch !== undefined) return fetch
      connections ??= import('./guarded-connection.js').then(({ openConnections }) => openConnections(guard))
      const { trusted: plain, guarded } = await connections
      return trusted ? plain : guarded
    },
  }

  /** Opens the field's first readable source in a free slot, within `seconds`, and hands it to `use`. */
  function read<T>(
    value: unknown,
    { taskId, signal }: LoadContext,
    caps: { readonly seconds: number; readonly bytes: number },
    use: (source: OpenedSource, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const sources = findSources(value, { base, roots, localFiles, taskId })
    return withDeadline(caps.seconds, signal, (both) =>
      runInSlot(both, async () => {
        const source = await openFirst(sources, setting, both)
        if (source.size !== undefined && source.size > caps.bytes) throw tooLarge(source.name, caps.bytes)
        return use(source, both)
      }),
    )
  }

  async function readImage(value: unknown, context: LoadContext): Promise<ImageInput> {
    const caps = { seconds: limits.seconds, bytes: limits.imageBytes }
    const { bytes, name } = await read(value, context, caps, async ({ body, name }) => ({
      bytes: await collectBytes(body, caps.bytes, name),
      name,
    }))
    const header = readImageHeader(bytes, name)
    if (header.width * header.height > limits.pixels) {
      throw new PrelabelError(`${name} has ${header.width}×${header.height} pixels, more than ${limits.pixels}`, {
        code: 'media-too-many-pixels',
        hint: 'Raise the media option `limits.pixels` if pictures of this size are meant.',
      })
    }
    return { kind: 'image', bytes, ...header, hash: await sha256(bytes) }
  }

  function readText(value: unknown, context: LoadContext): Promise<string> {
    const caps = { seconds: limits.seconds, bytes: limits.textBytes }
    return read(value, context, caps, async ({ body, name, contentType }) =>
      decodeText(await collectBytes(body, caps.bytes, name), contentType),
    )
  }

  function readFile<K extends FileInput['kind']>(kind: K, value: unknown, context: LoadContext) {
    const caps = { seconds: limits.fileSeconds, bytes: limits.fileBytes }
    return read(value, context, caps, async ({ body, name, path }) => {
      const { openFileStore, hashStream } = await import('./file-store.js')
      if (path !== undefined) return { kind, path, hash: await hashStream(body) }
      store ??= openFileStore(cache?.directory)
      const extension = /\.\w{1,5}$/.exec(name.split('?', 1)[0] ?? '')?.[0] ?? ''
      return { kind, ...(await (await store).put(body, caps.bytes, name, extension)) }
    })
  }

  const readers: Readers = {
    image: readImage,
    text: async (value, context) => ({ kind: 'text', text: await readText(value, context) }),
    async dialogue(value, context) {
      const keys = { ...USUAL_KEYS, ...context.dialogueKeys }
      return Array.isArray(value) ? readDialogue(value, keys) : parseDialogue(await readText(value, context), keys)
    },
    audio: (value, context) => readFile('audio', value, context),
    video: (value, context) => readFile('video', value, context),
  }

  return {
    load: async (form, value, context = {}) => readers[form](value, context),
    async dispose() {
      await Promise.all([(await connections)?.dispose(), (await store)?.dispose()])
    },
  }
}
