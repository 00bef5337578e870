import { checkMediaOptions, type MediaLoaderOptions } from '../../media/index.js'
import type { MediaLoader } from '../../media/media-loader.js'
import { once } from '../adapters/once.js'
import type { LabelStudioAccess } from '../options.js'

/** The media loader of a backend, made when the first field needs it. */
export interface MediaSource {
  open(): Promise<MediaLoader>
  /** Disposes of a loader that was made here; one that was given is its owner's. */
  dispose(): Promise<void>
}

/**
 * @param labelStudio where the media options name no Label Studio of their own
 * @throws PrelabelError `media-options`
 */
export function createMediaSource(
  given: MediaLoader | MediaLoaderOptions | undefined,
  labelStudio: LabelStudioAccess | undefined,
): MediaSource {
  if (given !== undefined && !('load' in given)) checkMediaOptions(given)
  let made: MediaLoader | undefined
  const open = once(async () => {
    if (given !== undefined && 'load' in given) return given
    const { createMediaLoader } = await import('../../media/index.js')
    made = createMediaLoader({ ...(labelStudio === undefined ? {} : { labelStudio }), ...given })
    return made
  })
  return {
    open,
    async dispose() {
      await made?.dispose()
    },
  }
}
