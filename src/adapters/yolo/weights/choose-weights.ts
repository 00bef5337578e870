import type { ControlTag } from '../../../config/index.js'
import { PrelabelError } from '../../../errors.js'
import type { ParsedSource } from '../../detection/shared-options.js'
import { pointsOf } from '../attributes.js'
import type { ParsedYoloOptions } from '../options.js'
import { defaultWeights } from './default-weights.js'
import { findWeights } from './find-weights.js'

/**
 * Which model fills a control: the one its `model_path` names, else the adapter's own, else the default weights of its
 * tag. A control for the boxes of skeletons has the model of the skeletons.
 *
 * @param controls those of the same object
 * @throws PrelabelError `model-path-refused`, `model-path-not-found`
 */
export async function chooseWeights(
  control: ControlTag,
  controls: Iterable<ControlTag>,
  { model, models }: Pick<ParsedYoloOptions, 'model' | 'models'>,
): Promise<ParsedSource> {
  const chooser = pointsOf(control, controls) ?? control
  const { model_path: modelPath } = chooser.attributes
  if (modelPath === undefined || modelPath === '') {
    if (model !== undefined) return model
    return findWeights(models ?? '', defaultWeights(chooser))
  }
  if (models !== undefined) return findWeights(models, modelPath)
  throw new PrelabelError(`its model_path ${JSON.stringify(modelPath)} needs a folder of \`models\``, {
    code: 'model-path-refused',
    hint: 'Give the adapter the folder in which such models are as `models`, or take the attribute out.',
  })
}
