export type { ZeroShotOptions } from './options.js'
export { type ZeroShotModel, zeroShot } from './zero-shot.js'
