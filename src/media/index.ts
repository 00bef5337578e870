export { createMediaLoader } from './create-media-loader.js'
export { createFileLease, type FileLease } from './file-lease.js'
export type { ImageHeader } from './image-header/image-header.js'
export { readImageHeader } from './image-header/read-image-header.js'
export type { DataInput, DialogueInput, FileInput, ImageInput, Input, TextInput } from './inputs.js'
export type { LoadContext, LoadedAs, MediaLoader } from './media-loader.js'
export type {
  Fetch,
  FetchResponse,
  MediaCacheOptions,
  MediaLimits,
  MediaLoaderOptions,
} from './options.js'
