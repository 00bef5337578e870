import { PrelabelError } from '../../../errors.js'
import type { ParsedSamModelOptions } from './options.js'
import type { SamFacts } from './sam-model.js'

/** What the files say, without running the model. */
export async function inspectSam(_options: ParsedSamModelOptions): Promise<SamFacts> {
  throw new PrelabelError('No model was recognised', { code: 'sam-model-unknown' })
}
