/** What one reading of a config shares: the text, the issues found so far, and the tags met so far. */

import type { Issue } from '../../issues.js'
import type { ControlTag, LabelOption, ObjectTag } from '../labeling-config.js'
import type { LineIndex } from '../xml/line-index.js'

export interface ReadState {
  readonly xml: string
  readonly lines: LineIndex
  readonly issues: Issue[]
  readonly controls: Map<string, ControlTag>
  readonly objects: Map<string, ObjectTag>
  relations: readonly LabelOption[] | undefined
}
