export { inspectSam } from './inspect-sam.js'
export { loadSamModel } from './load-sam-model.js'
export {
  type ParsedSamModelOptions,
  type SamFiles,
  type SamModelOptions,
  type SamPictureOptions,
  samModelOptions,
} from './options.js'
export type {
  DecodeOptions,
  Embedding,
  LowResMask,
  MaskChoice,
  PromptPoint,
  SamAnswer,
  SamCandidate,
  SamFacts,
  SamLayout,
  SamModel,
  SamPrompt,
} from './sam-model.js'
