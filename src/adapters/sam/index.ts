export type { MaskChoice, SamFiles, SamPictureOptions } from './model/index.js'
export type { SamAutomaticOptions, SamCacheOptions, SamOptions } from './options.js'
export { sam } from './sam.js'
export type { SamRuntime } from './sam-runtime.js'
