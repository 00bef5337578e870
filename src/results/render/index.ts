export { type Rendered, renderFindings } from './render-findings.js'
export type { RenderOptions } from './render-options.js'
export type { Thresholds } from './threshold.js'
