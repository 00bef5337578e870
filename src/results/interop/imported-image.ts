import type { Finding } from '../findings.js'
import type { Size } from '../geometry/index.js'

/** A picture of another tool's data set with what is said of it, ready for `renderFindings`: it fits as `surface`. */
export interface ImportedImage extends Size {
  readonly fileName: string
  readonly findings: readonly Finding[]
}
