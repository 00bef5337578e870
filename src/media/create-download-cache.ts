/** Remote media on disk: always for sound and video, which adapters read from a file; for the rest when it is asked for. */

import type { FileStore, StoredFile } from './file-store.js'
import type { OpenedSource } from './open-source.js'
import type { CheckedMediaOptions } from './options.js'

/** For sound and video without the option `cache`: a temporary directory. */
const TEMPORARY = { maxBytes: 4 * 1024 ** 3, maxAgeSeconds: 3600 }

export interface DownloadCache {
  /** What was found or kept is to be released. */
  find(key: string): Promise<StoredFile | undefined>
  /** Streams an opened source to disk. */
  keep(key: string, source: OpenedSource, cap: number): Promise<StoredFile>
  dispose(): Promise<void>
}

export function createDownloadCache(options: CheckedMediaOptions['cache']): DownloadCache {
  let store: Promise<FileStore> | undefined
  const opened = () => {
    store ??= import('./file-store.js').then(({ openFileStore }) => openFileStore(options ?? TEMPORARY))
    return store
  }
  return {
    find: async (key) => (await opened()).find(key),
    async keep(key, { body, contentType, name }, cap) {
      return (await opened()).put(key, { body, contentType, extension: extensionOf(key), cap, subject: name })
    },
    async dispose() {
      await (await store)?.dispose()
      store = undefined
    },
  }
}

/** `.wav` of a URL or path; of the parameter `d` for a file of a local storage. */
function extensionOf(value: string): string {
  const path = /[?&]d=([^&#]+)/.exec(value)?.[1] ?? value.split(/[?#]/, 1)[0] ?? ''
  return /\.\w{1,5}$/.exec(path.slice(path.lastIndexOf('/') + 1))?.[0] ?? ''
}
