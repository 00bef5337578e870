import type { ControlTag } from '../../../config/labeling-config.js'
import { PrelabelError } from '../../../errors.js'
import type { Finding } from '../../../results/findings.js'
import type { Item, Logger } from '../../adapter.js'
import { withOwnMemory } from '../member-parts.js'
import type { CutPicture } from './cut-picture.js'
import { regionInput } from './region-input.js'
import { type RegionQuestion, regionQuestions } from './region-questions.js'

/** An item about a region, and the place of the region among the findings. */
export interface RegionItem {
  readonly index: number
  readonly item: Item
}

/** How regions become items. */
export interface RegionItemOptions {
  readonly maxRegions: number
  readonly padding: number
  readonly cut: CutPicture
  /** Whether a control is one for the adapter that answers. */
  readonly isAsked: (control: ControlTag) => boolean
  /** What the adapter that answers keeps its memory of a project under. */
  readonly memoryKey: string
  readonly logger: Logger
}

/** An item for each region that is asked about. A region of which nothing can be cut out is logged, and has none. */
export async function regionItems(
  item: Item,
  findings: readonly Finding[],
  { maxRegions, padding, cut, isAsked, memoryKey, logger }: RegionItemOptions,
): Promise<RegionItem[]> {
  const asked = item.controls.filter(isAsked)
  const questions = regionQuestions(findings, item, asked)
  if (questions.length > maxRegions)
    logger.warn(
      { task: item.task.id, regions: questions.length, maxRegions },
      'only the surest regions are asked about',
    )
  const made = questions.slice(0, maxRegions).map(async (question): Promise<RegionItem[]> => {
    const { finding, whole, index } = question
    try {
      const input = await regionInput(finding, whole.input, { cut, padding })
      return [{ index, item: withOwnMemory(itemOf(question, item, input), memoryKey) }]
    } catch (error) {
      if (!PrelabelError.isInstance(error)) throw error
      logger.warn({ task: item.task.id, label: finding.label, err: error.toJSON() }, 'a region cannot be asked about')
      return []
    }
  })
  return (await Promise.all(made)).flat()
}

/** Without what was drawn: the answer is about the region. */
function itemOf(
  { finding, label, whole, controls }: RegionQuestion,
  { context: _, ...item }: Item,
  input: Item['input'],
): Item {
  const { object } = whole
  return {
    ...item,
    object,
    controls,
    input,
    inputs: [{ object, input }],
    region: { label, finding, whole: whole.input },
  }
}
