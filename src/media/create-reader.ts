/** Fields read whole: into memory, or to a file. Slots, deadlines, sources and the cache meet here. */

import { parseBaseUrl } from '../label-studio/base-url.js'
import { collectBytes } from './collect-bytes.js'
import { createDownloadCache, type DownloadCache } from './create-download-cache.js'
import { createFetchSetting } from './create-fetch-setting.js'
import { withDeadline } from './deadline.js'
import type { LoadContext } from './media-loader.js'
import { type OpenedSource, openFirst } from './open-source.js'
import type { CheckedMediaOptions } from './options.js'
import { createSlots } from './slots.js'
import { findSources } from './source.js'

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
  const downloads = createDownloadCache(cache)
  const runInSlot = createSlots(limits.concurrency)

  async function withOpened<T>(
    value: unknown,
    { taskId, projectId, signal }: LoadContext,
    caps: Caps,
    kept: DownloadCache | undefined,
    use: (source: OpenedSource) => Promise<T>,
  ): Promise<T> {
    const owner = { taskId, projectId }
    const sources = findSources(value, { base, roots, localFiles, ...owner })
    return withDeadline(caps.seconds, signal, (both) =>
      runInSlot(both, async () =>
        use(await openFirst(sources, { setting, owner, downloads: kept, cap: caps.bytes, signal: both })),
      ),
    )
  }

  return {
    readBytes: (value, context, caps) =>
      withOpened(value, context, caps, cache === undefined ? undefined : downloads, async (source) => {
        const { body, contentType, name, file } = source
        try {
          return { bytes: await collectBytes(body, caps.bytes, name), contentType, name }
        } finally {
          await file?.release()
        }
      }),
    readFile: (value, context, caps) =>
      withOpened(value, context, caps, downloads, async ({ body, file, name }) => {
        if (file === undefined) throw new TypeError(`${name} was not put on disk`)
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
