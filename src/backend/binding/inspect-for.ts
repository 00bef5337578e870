import type { ModelInfo } from '../../adapters/adapter.js'
import type { ControlTag, LabelingConfig } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import type { AdapterRuntime } from '../adapters/adapter-runtime.js'
import type { Candidate } from './bind-adapters.js'
import { whyNever } from './why-never.js'

/**
 * An adapter with what is known of its models in view of a config. One that can fill none of its controls is not asked;
 * where it cannot say, those controls go without it.
 */
export async function inspectFor(runtime: AdapterRuntime, config: LabelingConfig): Promise<Candidate> {
  const fillable = [...config.controls.values()].filter(
    (control) => whyNever(config, control, runtime.adapter) === undefined,
  )
  const info = fillable.length === 0 ? {} : await unlessRefused(runtime.inspect())
  const inspect = async (control: ControlTag): Promise<ModelInfo | PrelabelError> => {
    if (info instanceof Error) return info
    return (await unlessRefused(runtime.inspectControl(control, config))) ?? info
  }
  const inspected = await Promise.all(fillable.map(async (control) => [control.name, await inspect(control)] as const))
  return { runtime, info: info instanceof Error ? {} : info, byControl: new Map(inspected) }
}

async function unlessRefused<T>(asked: Promise<T>): Promise<T | PrelabelError> {
  try {
    return await asked
  } catch (error) {
    if (PrelabelError.isInstance(error)) return error
    throw error
  }
}
