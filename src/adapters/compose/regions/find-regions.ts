import type { ControlTag } from '../../../config/labeling-config.js'
import type { Item, Outcome, PredictContext } from '../../adapter.js'
import { type FoundPart, foundPart } from '../../partly-failed.js'
import { askTogether } from '../ask-together.js'
import { inLabels } from '../in-labels.js'
import { memberKeys, withOwnMemory } from '../member-parts.js'
import type { AskRegionsSettings } from './ask-regions-options.js'
import { createCutPicture } from './cut-picture.js'
import { drawnRegions } from './drawn-regions.js'
import { type RegionItem, regionItems } from './region-items.js'

/** An item with what was found in it, and what is asked about that. */
export interface FoundRegions extends FoundPart {
  readonly item: Item
  readonly regions: readonly RegionItem[]
}

/** Finds regions, with what `find` has loaded as the context's model. One answer for each item, in order. */
export type FindRegions = (
  items: readonly Item[],
  context: PredictContext<unknown>,
) => Promise<readonly (FoundRegions | Error)[]>

/**
 * @param isFound whether a control is one for `find`
 * @param isAsked whether a control is one for `ask`
 */
export function createFindRegions(
  { find, ask, maxRegions, padding, drawn }: AskRegionsSettings,
  isFound: (control: ControlTag) => boolean,
  isAsked: (control: ControlTag) => boolean,
): { readonly findRegions: FindRegions; readonly toFind: (item: Item) => Item } {
  const [findKey = find.name, memoryKey = ask.name] = memberKeys([find, ask])

  /** The item as `find` is given it. */
  const toFind = (item: Item): Item => withOwnMemory({ ...item, controls: item.controls.filter(isFound) }, findKey)

  const drawingOn = ({ context }: Item) => (drawn ? context : undefined)

  /** What `find` finds in each item, or what was drawn on it where that is asked about. */
  async function findingsOf(items: readonly Item[], context: PredictContext<unknown>): Promise<Outcome[]> {
    const searched = items.filter((item) => drawingOn(item) === undefined)
    const outcomes = searched.length === 0 ? [] : [...(await askTogether(find, searched.map(toFind), context))]
    return items.map((item) => {
      const drawing = drawingOn(item)
      if (drawing !== undefined) return drawnRegions(drawing, item.controls.filter(isAsked))
      return inLabels(find, outcomes.shift() ?? [])
    })
  }

  return {
    toFind,
    async findRegions(items, context) {
      const options = { maxRegions, padding, cut: createCutPicture(), isAsked, memoryKey, logger: context.logger }
      const outcomes = await findingsOf(items, context)
      return Promise.all(
        items.map(async (item, place) => {
          const found = foundPart(outcomes[place] ?? [])
          if (found instanceof Error) return found
          const { findings, issues } = found
          return { item, findings, issues, regions: await regionItems(item, findings, options) }
        }),
      )
    },
  }
}
