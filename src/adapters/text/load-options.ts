import type { TextModelOptions } from './text-model.js'
import type { TextModelSettings } from './text-options.js'

/** What of an adapter's options the loader of its model needs. */
export function loadOptions(
  owner: string,
  classifies: TextModelOptions['classifies'],
  settings: Pick<
    TextModelSettings,
    'thread' | 'threads' | 'providers' | 'onnxruntime' | 'transformers' | 'microBatch' | 'microBatchTokens'
  >,
): TextModelOptions {
  const { thread, threads, providers, onnxruntime, transformers, microBatch, microBatchTokens } = settings
  return {
    owner,
    classifies,
    thread,
    transformers,
    microBatch,
    microBatchTokens,
    ...(threads === undefined ? {} : { threads }),
    ...(providers === undefined ? {} : { providers }),
    ...(onnxruntime === undefined ? {} : { lib: onnxruntime }),
  }
}
