import { PrelabelError } from '../../../errors.js'
import type { ParsedSamModelOptions } from './options.js'
import type { SamModel } from './sam-model.js'

/** Opens a model and runs it once on an empty picture, which warms it up and shows the true shapes. */
export async function loadSamModel(_options: ParsedSamModelOptions): Promise<SamModel> {
  throw new PrelabelError('No model was recognised', { code: 'sam-model-unknown' })
}
