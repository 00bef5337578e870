/** Fields read whole: into memory, or to a file. Slots, deadlines, sources and the cache meet here. */

import { parseBaseUrl } from '../label-studio/base-url.js'
import { collectBytes, oneChunk } from './collect-bytes.js'
import { createDownloadCache, type DownloadCache } from './create-download-cache.js'
import { createFetchSetting } from './create-fetch-setting.js'
import { whileAwaited, withDeadline } from './deadline.js'
import type { StoredFile } from './file-store.js'
import { readFirst } from './first-source.js'
import type { LoadContext } from './media-loader.js'
import { type OpenedSource, openKept, openSource } from './open-source.js'
import type { CheckedMediaOptions } from './options.js'
import { createSlots } from './slots.js'
import { addressOf, findSources, nameOf, type Source } from './source.js'
import { isDiskFull } from './system-error.js'

export interface Caps {
  readonly seconds: number
  readonly bytes: number
}

export interface Reader {
  readBytes(
    value: unknown,
    context: LoadContext,
    caps: Caps,
  ): Promise<{ readonly bytes: Uint8Array; readonly contentType: string | undefined; readonly name: string }>
  /** A local file stays where it is; `hash` is the SHA-256. */
  readFile(value: unknown, context: LoadContext, caps: Caps): Promise<{ readonly path: string; readonly hash: string }>
  dispose(): Promise<void>
}

export function createReader(options: CheckedMediaOptions): Reader {
  const { labelStudio, roots, localFiles, limits, cache } = options
  const base = labelStudio === undefined ? undefined : parseBaseUrl(labelStudio.url)
  const setting = createFetchSetting(options, base)
  const downloads = createDownloadCache(options)
  // Apart, since a list of long videos may have all of its own for minutes.
  const slots = { interactive: createSlots(limits.concurrency), bulk: createSlots(limits.concurrency) }

  /**
   * Opens and reads the first place that has the value. Only what is fetched waits for a slot, and its time starts then.
   *
   * @param inCache whether the cache may have what a place has
   */
  function readValue<T>(
    value: unknown,
    { taskId, projectId, signal, priority = 'bulk' }: LoadContext,
    caps: Caps,
    inCache: (source: Source) => boolean,
    read: (opened: OpenedSource, source: Source) => Promise<T>,
  ): Promise<T> {
    const owner = { taskId, projectId }
    return whileAwaited(signal, () =>
      readFirst(findSources(value, { base, roots, localFiles, ...owner }), async (source) => {
        const name = nameOf(source)
        const find = async () => (inCache(source) ? downloads.find(addressOf(source)) : undefined)
        const readFrom = (kept: StoredFile | undefined) =>
          withDeadline(caps.seconds, name, signal, async (both) => {
            const opening = { setting, owner, cap: caps.bytes, signal: both }
            return read(await (kept === undefined ? openSource(source, opening) : openKept(kept, name, both)), source)
          })
        const kept = await find()
        if (kept !== undefined || source.kind !== 'remote') return readFrom(kept)
        // Another may fetch it while this one waits.
        return slots[priority](signal, async () => readFrom(await find()))
      }),
    )
  }

  return {
    readBytes: (value, context, caps) => {
      const inCache = ({ kind }: Source) => cache !== undefined && kind === 'remote'
      return readValue(value, context, caps, inCache, async ({ body, contentType, name, file }, source) => {
        try {
          const bytes = await collectBytes(body, caps.bytes, name)
          if (file === undefined && inCache(source)) await keepWhereRoom(downloads, source, bytes, contentType)
          return { bytes, contentType, name }
        } finally {
          await file?.release()
        }
      })
    },
    readFile: (value, context, caps) =>
      readValue(value, context, caps, isNoFile, async ({ body, contentType, name, file: onDisk }, source) => {
        const content = { body, contentType, cap: caps.bytes, subject: name }
        const file = onDisk ?? (await downloads.keep(addressOf(source), content))
        await context.lease?.add(file.release)
        if (file.hash !== undefined) return { path: file.path, hash: file.hash }
        const { hashStream } = await import('./write-hashed.js')
        return { path: file.path, hash: await hashStream(body) }
      }),
    async dispose() {
      await Promise.all([setting.dispose(), downloads.dispose()])
    },
  }
}

function isNoFile({ kind }: Source): boolean {
  return kind !== 'file'
}

/** What has been read is of use without the cache, too. */
async function keepWhereRoom(
  downloads: DownloadCache,
  source: Source,
  bytes: Uint8Array,
  contentType: string | undefined,
): Promise<void> {
  const content = { body: oneChunk(bytes), contentType, cap: bytes.length, subject: nameOf(source) }
  try {
    await (await downloads.keep(addressOf(source), content)).release()
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
}
