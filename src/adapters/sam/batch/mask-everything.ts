import type { ImageInput } from '../../../media/inputs.js'
import type { Mask } from '../../../results/findings.js'
import { boxIou, type Size } from '../../../results/geometry/index.js'
import { cleanMask, maskToBox } from '../../../results/mask/index.js'
import type { PredictContext } from '../../adapter.js'
import type { SamCandidate, SamPrompt } from '../model/index.js'
import type { SamSettings } from '../options.js'
import type { SamRuntime } from '../sam-runtime.js'

type Automatic = NonNullable<SamSettings['automatic']>

/**
 * Everything that the model can tell apart in a picture, by asking it at the points of a grid: of all masks it offers there,
 * those that it is sure of, that do not hang on the threshold, and that no better one covers.
 *
 * Source: `SamAutomaticMaskGenerator` of segment-anything, with one crop; boxes and stability are those of the
 * low-resolution masks.
 */
export async function maskEverything(
  picture: ImageInput,
  options: Automatic,
  { model: runtime, signal }: PredictContext<SamRuntime>,
): Promise<Mask[]> {
  const embedding = await runtime.embeddings.get(picture, 'list', signal)
  const good: Placed[] = []
  for await (const offered of runtime.model.decodeAll(embedding, gridOf(options.pointsPerSide, picture), signal))
    for (const candidate of offered) if (isGood(candidate, options)) good.push(candidate)
  const masks = withoutCovered(good, options.iouThreshold)
    .slice(0, options.maxMasks)
    .flatMap((candidate) => toMask(candidate, options, runtime) ?? [])
  // Without its specks, a mask may turn out to be one that is there already.
  return withoutCovered(masks, options.iouThreshold)
}

type Placed = SamCandidate & { readonly box: NonNullable<SamCandidate['box']> }

function* gridOf(side: number, { width, height }: Size): Generator<SamPrompt> {
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const [x, y] = [((column + 0.5) / side) * width, ((row + 0.5) / side) * height]
      yield { points: [{ x, y, positive: true }] }
    }
}

function isGood(candidate: SamCandidate, options: Automatic): candidate is Placed {
  const { score, stability, box } = candidate
  return score > options.scoreThreshold && stability >= options.stabilityThreshold && box !== undefined
}

/** The best first. */
function withoutCovered<C extends Pick<Placed, 'score' | 'box'>>(candidates: readonly C[], iouThreshold: number): C[] {
  const kept: C[] = []
  for (const next of [...candidates].sort((a, b) => b.score - a.score))
    if (!kept.some(({ box }) => boxIou(box, next.box) > iouThreshold)) kept.push(next)
  return kept
}

/** Undefined when nothing is left of it. */
function toMask({ score, upsample }: Placed, { label, minArea }: Automatic, { decoding }: SamRuntime) {
  const mask = cleanMask(upsample(), { ...decoding, minArea: Math.max(minArea, decoding.minArea ?? 0) })
  const box = maskToBox(mask)
  return box === undefined ? undefined : { kind: 'mask' as const, label, score: Math.min(1, score), mask, box }
}
