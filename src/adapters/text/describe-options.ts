/** The options as plain JSON, for the model version: without modules, and without what changes no answer. */
export function describeOptions(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const silent = [
    'name',
    'onnxruntime',
    'transformers',
    'hub',
    'token',
    'cacheFolder',
    'thread',
    'threads',
    'batchSize',
    'microBatch',
    'microBatchTokens',
    'controls',
  ]
  return Object.fromEntries(
    Object.entries(settings).filter(([key, value]) => !silent.includes(key) && value !== undefined),
  )
}
