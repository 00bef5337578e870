import type { Batcher } from '../../../inference/batcher.js'
import type { Finding, RegionAnswer } from '../../../results/findings.js'
import type { Adapter, Item, Logger, Outcome, PredictContext } from '../../adapter.js'
import { foundPart, toOutcome } from '../../partly-failed.js'
import { askTogether } from '../ask-together.js'
import { inLabels } from '../in-labels.js'
import type { FoundRegions } from './find-regions.js'
import { regionAnswers } from './region-answers.js'

/** A region that waits for its answers. */
export interface AskedRegion {
  readonly item: Item
  readonly logger: Logger
}

/** Asks about a batch of regions, of whichever tasks. */
export function askAbout(
  ask: Adapter,
  model: unknown,
  regions: readonly AskedRegion[],
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const [first] = regions
  if (first === undefined) return Promise.resolve([])
  const items = regions.map(({ item }) => item)
  return askTogether(ask, items, { model, signal, logger: first.logger })
}

/**
 * The findings of an item with the answers about them. A region that fails has none; when all fail, the item does: rather
 * than be kept without answers, its task is to be asked again.
 */
export async function answerRegions(
  { item, findings, issues, regions }: FoundRegions,
  ask: Adapter,
  asking: Batcher<AskedRegion, Outcome>,
  { signal, logger }: Pick<PredictContext<unknown>, 'signal' | 'logger'>,
): Promise<Outcome> {
  const priority = item.context === undefined ? 'bulk' : 'interactive'
  const asked = await Promise.all(
    regions.map(async (region) => {
      const outcome = await asking.submit({ item: region.item, logger }, { priority, signal })
      return { region, part: foundPart(inLabels(ask, outcome)) }
    }),
  )
  const failures = asked.flatMap(({ part }) => (part instanceof Error ? [part] : []))
  const [failure] = failures
  if (failure !== undefined && failures.length === asked.length) return failure
  for (const { message } of failures) logger.warn({ task: item.task.id, message }, 'a region has no answers')
  const answers = new Map<number, readonly RegionAnswer[]>()
  const unfilled = [...issues]
  for (const { region, part } of asked) {
    if (part instanceof Error) continue
    answers.set(region.index, regionAnswers(part.findings, region.item.controls))
    unfilled.push(...part.issues)
  }
  return toOutcome({
    findings: findings.map((finding, index) => withAnswers(finding, answers.get(index) ?? [])),
    issues: unfilled,
  })
}

function withAnswers(finding: Finding, answers: readonly RegionAnswer[]): Finding {
  if (!('label' in finding) || answers.length === 0) return finding
  return { ...finding, answers: [...(finding.answers ?? []), ...answers] }
}
