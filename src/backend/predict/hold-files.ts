import type { Priority } from '../../inference/batcher.js'
import { createFileLease } from '../../media/file-lease.js'
import type { MediaLoader } from '../../media/media-loader.js'

/** A media loader whose files stay until they are released. */
export interface HeldFiles {
  readonly media: () => Promise<MediaLoader>
  /** What was loaded is no longer read. */
  release(): Promise<void>
}

/**
 * Keeps the files that are loaded for one piece of work from being removed meanwhile.
 *
 * @param priority of the work
 */
export function holdFiles(media: () => Promise<MediaLoader>, priority: Priority): HeldFiles {
  const lease = createFileLease()
  return {
    async media() {
      const loader = await media()
      return {
        load: (form, value, context) => loader.load(form, value, { ...context, lease, priority }),
        dispose: () => loader.dispose(),
      }
    },
    release: () => lease.release(),
  }
}
