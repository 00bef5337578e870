export { type GlinerModel, gliner } from './gliner.js'
export type { GlinerOptions } from './options.js'
