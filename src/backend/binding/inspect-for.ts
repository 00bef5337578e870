import type { Adapter } from '../../adapters/adapter.js'
import type { ControlTag, LabelingConfig } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import { ownValue } from '../../own-value.js'
import type { AdapterRuntime } from '../adapters/adapter-runtime.js'
import type { Candidate } from './bind-adapters.js'

/** An adapter with what is known of its models in view of a config. What it throws of a control refuses that control alone. */
export async function inspectFor(runtime: AdapterRuntime, config: LabelingConfig): Promise<Candidate> {
  const { adapter } = runtime
  const info = await runtime.inspect()
  const fillable = [...config.controls.values()].filter(({ tag }) => ownValue(adapter.fills, tag) !== undefined)
  const inspected = await Promise.all(
    fillable.map(async (control) => {
      return [control.name, await inspectControl(adapter, control, config)] as const
    }),
  )
  return { runtime, info, byControl: new Map(inspected.map(([name, found]) => [name, found ?? info])) }
}

async function inspectControl(adapter: Adapter, control: ControlTag, config: LabelingConfig) {
  try {
    return await adapter.inspectControl?.(control, config)
  } catch (error) {
    if (PrelabelError.isInstance(error)) return error
    throw error
  }
}
