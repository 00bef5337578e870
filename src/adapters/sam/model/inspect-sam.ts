import { type ModelPlan, planModel } from './model-plan.js'
import type { ParsedSamModelOptions } from './options.js'
import type { SamFacts } from './sam-model.js'

/**
 * What a model's files say, without running them.
 *
 * @throws PrelabelError `sam-model-unknown`, `sam-model-incomplete`, `sam-folder-not-found`, `sam-preprocessor-invalid`,
 *   `model-not-found`, `invalid-model`
 */
export async function inspectSam(options: ParsedSamModelOptions): Promise<SamFacts> {
  const plan = await planModel(options)
  return { layout: plan.layout, fingerprint: plan.fingerprint, summary: summaryOf(plan) }
}

export function summaryOf({ layout, picture: { size } }: ModelPlan): string {
  return `${layout}, ${size.width}×${size.height}`
}
