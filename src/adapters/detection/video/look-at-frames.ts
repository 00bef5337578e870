import { createBatcher } from '../../../inference/batcher.js'
import type { Pixels } from '../../../inference/pictures/pixels.js'
import type { VideoFrame } from '../../../inference/video/index.js'
import type { Finding } from '../../../results/findings.js'

/** A model that looks at frames. */
export interface FrameModel {
  /** Class names by index. */
  readonly names: readonly string[]
  /** Frames of one run. */
  readonly batch: number
  /** @param floors a score for each class; what is not above is dropped */
  findInFrames(frames: readonly Pixels[], floors: Float32Array, signal: AbortSignal): Promise<(Finding[] | Error)[]>
}

/** What was found in a frame. */
export interface SeenFrame {
  readonly frame: number
  readonly findings: readonly Finding[]
}

/** While one run computes, the pictures of the next one are decoded and resized. */
const RUNS = 2

/**
 * What a model finds in each frame, in their order. At most two runs and one frame are in memory at a time. A frame whose
 * picture is the one before (in a slow or frozen video) is not looked at again.
 */
export async function* lookAtFrames(
  frames: AsyncIterable<VideoFrame>,
  model: FrameModel,
  floors: Float32Array,
  signal: AbortSignal,
): AsyncGenerator<SeenFrame> {
  const batcher = createBatcher<Pixels, Finding[] | Error>({
    run: (pictures) => model.findInFrames(pictures, floors, signal),
    maxSize: model.batch,
    concurrency: RUNS,
  })
  const looking: { frame: number; found: Promise<Finding[] | Error> }[] = []
  const answer = async ({ frame, found }: (typeof looking)[number]): Promise<SeenFrame> => {
    const findings = await found
    if (findings instanceof Error) throw findings
    return { frame, findings }
  }
  try {
    let before: { pixels: Pixels; found: Promise<Finding[] | Error> } | undefined
    for await (const { frame, pixels } of frames) {
      const again = before !== undefined && Buffer.compare(before.pixels.data, pixels.data) === 0
      const found: Promise<Finding[] | Error> = again && before ? before.found : batcher.submit(pixels)
      // A failure is thrown where the frame's turn comes; until then nobody listens.
      found.catch(() => {})
      before = { pixels, found }
      looking.push({ frame, found })
      const first = looking.length > RUNS * model.batch ? looking.shift() : undefined
      if (first !== undefined) yield await answer(first)
    }
    for (const each of looking) yield await answer(each)
  } finally {
    await batcher.dispose()
  }
}
