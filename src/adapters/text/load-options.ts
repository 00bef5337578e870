import type { OpenModelOptions } from './open-model.js'
import type { TextModelOptions } from './text-model.js'
import type { TextModelSettings } from './text-options.js'

type OpenSettings = Pick<TextModelSettings, 'thread' | 'threads' | 'providers' | 'onnxruntime' | 'transformers'>

/** What of an adapter's options the opening of its model needs. */
export function openOptions(owner: string, settings: OpenSettings): OpenModelOptions {
  const { thread, threads, providers, onnxruntime, transformers } = settings
  return {
    owner,
    thread,
    transformers,
    ...(threads === undefined ? {} : { threads }),
    ...(providers === undefined ? {} : { providers }),
    ...(onnxruntime === undefined ? {} : { lib: onnxruntime }),
  }
}

/** The same for a classifier, and how it is run. */
export function loadOptions(
  owner: string,
  classifies: TextModelOptions['classifies'],
  settings: OpenSettings & Pick<TextModelSettings, 'microBatch' | 'microBatchTokens'>,
): TextModelOptions {
  const { microBatch, microBatchTokens } = settings
  return { ...openOptions(owner, settings), classifies, microBatch, microBatchTokens }
}
