import type { ImageInput } from '../../../media/inputs.js'
import type { Mask } from '../../../results/findings.js'
import type { InteractiveContext, Item, PredictContext } from '../../adapter.js'
import { isEmpty } from '../is-empty.js'
import type { LowResMask } from '../model/index.js'
import type { SamRuntime } from '../sam-runtime.js'
import { labelFor } from './label-for.js'
import { type Meant, toSamPrompts } from './to-sam-prompts.js'

/**
 * The mask of each thing that was meant, in the order of drawing.
 *
 * @throws PrelabelError `sam-label-unknown`, those of strokes that cannot be read, and those of the model
 */
export async function answerDrawn(
  item: Item<ImageInput>,
  { prompts }: InteractiveContext,
  { model: runtime, signal, logger }: PredictContext<SamRuntime>,
): Promise<Mask[]> {
  const { input, task, controls } = item
  const [control] = controls
  const meant = toSamPrompts(prompts, input)
  if (control === undefined || meant.length === 0) {
    logger.info(
      { task: task.id, drawn: prompts.length },
      'what was drawn encloses nothing of the picture, or only says where not',
    )
    return []
  }
  const labelled = meant.map((one) => ({ ...one, label: labelFor(control, one.label) }))
  const embedding = await runtime.embeddings.get(input, 'click', signal)
  const masks: Mask[] = []
  for (const one of labelled) {
    const { label } = one
    const { prompt, keep } = refined(item, one, runtime)
    const { mask, score, lowRes } = await runtime.model.decode(embedding, prompt, { ...runtime.decoding, signal })
    keep(lowRes)
    if (!isEmpty(mask)) masks.push({ kind: 'mask', label, score: Math.min(1, Math.max(0, score)), mask })
  }
  return masks
}

/** Further clicks on a thing start from the mask that the clicks before gave. */
function refined(
  { task, object, project, input }: Item<ImageInput>,
  { prompt, label, clicks }: Meant,
  runtime: SamRuntime,
) {
  const { refinement } = runtime
  if (refinement === undefined || !clicks || task.id === undefined) return { prompt, keep: () => undefined }
  const thing = JSON.stringify([project, task.id, object.name, input.hash, label])
  const mask = refinement.before(thing, prompt.points)
  return {
    prompt: mask === undefined ? prompt : { ...prompt, mask },
    keep: (lowRes: LowResMask) => refinement.keep(thing, prompt.points, lowRes),
  }
}
