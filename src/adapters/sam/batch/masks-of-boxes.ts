import type { ImageInput } from '../../../media/inputs.js'
import type { Box, Finding, Mask } from '../../../results/findings.js'
import { clampBox, convertBox, uprightBox } from '../../../results/geometry/index.js'
import type { Adapter, Item, Outcome, PredictContext } from '../../adapter.js'
import { askMember } from '../../compose/ask-member.js'
import { foundPart, toOutcome } from '../../partly-failed.js'
import { isEmpty } from '../is-empty.js'
import type { SamRuntime } from '../sam-runtime.js'

/**
 * What another adapter finds in the picture, each as a mask inside its box. The score is the detector's times the
 * predicted IoU: how sure it is that the thing is there, and that this is its outline.
 */
export async function masksOfBoxes(
  item: Item<ImageInput>,
  detector: Adapter,
  context: PredictContext<SamRuntime>,
): Promise<Outcome> {
  const { model: runtime, signal } = context
  const [outcome = []] = await askMember(detector, [detector], [item], { ...context, model: runtime.boxes })
  const detected = foundPart(outcome)
  if (detected instanceof Error) return detected
  const { findings, issues } = detected
  const boxes = findings.flatMap((finding) => boxIn(finding, item.input) ?? [])
  if (boxes.length === 0) return toOutcome({ findings: [], issues })
  const embedding = await runtime.embeddings.get(item.input, 'list', signal)
  const masks: Finding[] = []
  for (const { box, found } of boxes) {
    const { mask, score } = await runtime.model.decode(embedding, { points: [], box }, { ...runtime.decoding, signal })
    if (isEmpty(mask)) continue
    const { label, control, score: sureness = 1 } = found
    masks.push({
      kind: 'mask',
      label,
      score: sureness * Math.min(1, Math.max(0, score)),
      mask,
      box,
      ...(control === undefined ? {} : { control }),
    } satisfies Mask & Pick<Finding, 'control'>)
  }
  return toOutcome({ findings: masks, issues })
}

type Boxed = Extract<Finding, { readonly label: string; readonly box?: Box }>

/** The upright box around what was found, in pixels of the picture. */
function boxIn(found: Finding, { width, height }: ImageInput): { box: Box; found: Boxed } | undefined {
  if (found.kind !== 'detection' && found.kind !== 'mask' && found.kind !== 'pose') return undefined
  if (found.box === undefined) return undefined
  const unit = found.kind === 'mask' ? 'pixel' : (found.unit ?? 'pixel')
  const box = clampBox(uprightBox(convertBox(found.box, unit, 'pixel', { width, height })), { width, height })
  return box === undefined ? undefined : { box, found }
}
