export { type Rendered, type RenderOptions, renderFindings } from './render-findings.js'
export type { Thresholds } from './threshold.js'
