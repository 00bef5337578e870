/** Remote media on disk: always for sound and video, which adapters read from a file; for the rest when it is asked for. */

import type { Download, FileStore, StoredFile } from './file-store.js'
import type { CheckedMediaOptions } from './options.js'
import { isDiskFull } from './system-error.js'

/** For sound and video without the option `cache`: a temporary directory. */
const TEMPORARY = { maxBytes: 4 * 1024 ** 3, maxAgeSeconds: 3600 }

export interface DownloadCache {
  /** What was found or kept is to be released. */
  find(address: string): Promise<StoredFile | undefined>
  /** Streams what is at an address to disk. */
  keep(address: string, content: Content): Promise<StoredFile>
  dispose(): Promise<void>
}

export type Content = Omit<Download, 'extension'>

export function createDownloadCache({ cache, labelStudio, allow }: CheckedMediaOptions): DownloadCache {
  let store: Promise<FileStore> | undefined
  // A directory may be shared: nobody is to find there what others may read and he may not. The store hashes its keys.
  const rights = JSON.stringify([labelStudio?.url, labelStudio?.token, [...allow].sort()])
  const keyOf = (address: string) => `${address}\n${rights}`
  const opened = () => {
    store ??= openStore(cache).catch((error: unknown) => {
      // What is wrong with the disk now may be mended when the next file comes.
      store = undefined
      throw error
    })
    return store
  }
  return {
    async find(address) {
      try {
        return await (await opened()).find(keyOf(address))
      } catch (error) {
        if (!isDiskFull(error)) throw error
        return undefined
      }
    },
    async keep(address, content) {
      return (await opened()).put(keyOf(address), { ...content, extension: extensionOf(address) })
    },
    async dispose() {
      await (await store?.catch(() => undefined))?.dispose()
      store = undefined
    },
  }
}

async function openStore(options: CheckedMediaOptions['cache']): Promise<FileStore> {
  const { openFileStore } = await import('./file-store.js')
  return openFileStore(options ?? TEMPORARY)
}

/** `.wav` of a URL or path; of the parameter `d` for a file of a local storage. */
function extensionOf(address: string): string {
  const path = /[?&]d=([^&#]+)/.exec(address)?.[1] ?? address.split(/[?#]/, 1)[0] ?? ''
  return /\.\w{1,5}$/.exec(path.slice(path.lastIndexOf('/') + 1))?.[0] ?? ''
}
