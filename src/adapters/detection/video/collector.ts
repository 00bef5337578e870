import type { Finding } from '../../../results/findings.js'
import type { SeenFrame } from './look-at-frames.js'

/** How long a video is, as the editor counts. */
export interface VideoLength {
  readonly framesCount: number
  /** Seconds. */
  readonly duration: number
  readonly frameRate: number
  /** Much of the end could not be read: nobody knows what is seen there. */
  readonly endsEarly: boolean
}

/** Makes of what is found in frames, one after the other, what is said of the video on one control. */
export interface Collector {
  /** By class index: the score above which things must be found. */
  readonly floors: Float32Array
  add(seen: SeenFrame): void
  end(length: VideoLength): Finding[]
}
