import { createMediaLoader, type MediaLoaderOptions } from '../../media/index.js'
import type { MediaLoader } from '../../media/media-loader.js'
import type { LabelStudioAccess } from '../options.js'

/** The media loader of a backend. */
export interface MediaSource {
  open(): Promise<MediaLoader>
  /** Disposes of a loader that was made here; one that was given is its owner's. */
  dispose(): Promise<void>
}

/**
 * @param labelStudio where the media options name no Label Studio of their own
 * @throws PrelabelError `media-options`, `label-studio-url`
 */
export function createMediaSource(
  given: MediaLoader | MediaLoaderOptions | undefined,
  labelStudio: LabelStudioAccess | undefined,
): MediaSource {
  if (given !== undefined && 'load' in given) return { open: async () => given, dispose: async () => undefined }
  const loader = createMediaLoader({ ...(labelStudio === undefined ? {} : { labelStudio }), ...given })
  return { open: async () => loader, dispose: () => loader.dispose() }
}
