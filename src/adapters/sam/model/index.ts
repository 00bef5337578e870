export { inspectSam } from './inspect-sam.js'
export { loadSamModel } from './load-sam-model.js'
export {
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
  SamCandidate,
  SamModel,
  SamPrompt,
} from './sam-model.js'
