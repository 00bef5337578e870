import { objectsOf } from '../../config/index.js'
import type { ControlTag, LabelingConfig } from '../../config/labeling-config.js'
import { PrelabelError } from '../../errors.js'
import { type Batcher, createBatcher } from '../../inference/batcher.js'
import { parseOptions } from '../../parse-options.js'
import type { Finding, RegionAnswer } from '../../results/findings.js'
import type { Adapter, Fills, Item, Logger, Outcome, PredictContext } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { type AskRegionsOptions, askRegionsOptions, checkPair } from './ask-regions-options.js'
import { askTogether } from './ask-together.js'
import { takes } from './asked-of.js'
import { bulkOfRegions } from './bulk-regions.js'
import { createCutPicture } from './cut-picture.js'
import { jointFit } from './fit-members.js'
import { inLabels } from './in-labels.js'
import { inspectMembers, inspectMembersFor, jointAnswers, jointFills, jointReads, jointUsage } from './joint-facts.js'
import { disposeMembers, loadMembers } from './load-members.js'
import { memberKeys, withOwnMemory } from './member-parts.js'
import { regionAnswers } from './region-answers.js'
import { type RegionItem, regionItems } from './region-items.js'

/** What {@link askRegions} has loaded. */
export interface AskRegionsModel {
  readonly find: unknown
  readonly ask: unknown
  /** Regions of all tasks that are in hand, for `ask`. */
  readonly asking: Batcher<AskedRegion, Outcome>
}

interface AskedRegion {
  readonly item: Item
  readonly logger: Logger
}

/** An item with what was found in it, and what is asked about that. */
interface FoundRegions {
  readonly item: Item
  readonly findings: readonly Finding[]
  readonly regions: readonly RegionItem[]
}

/** Objects of which a region can be cut out. */
const CUTTABLE = new Set(['Image', 'Text', 'HyperText', 'Paragraphs'])

/**
 * Two adapters as one: `find` finds regions, and `ask` answers about each of them what the per-region controls ask for
 * (`Choices`, `Taxonomy`, `TextArea`, `Rating`, `Number`, `DateTime`), from the words of a span or a cut-out of the
 * picture. Region and answers share one id.
 *
 * @example
 * askRegions({ find: ner({ model }), ask: textClassification({ model: 'models/sentiment' }) })
 *
 * @throws PrelabelError `invalid-options`
 */
export function askRegions(options: AskRegionsOptions): Adapter<AskRegionsModel, Fills> {
  const settings = parseOptions({ name: 'askRegions', page: 'docs/rules.md' }, askRegionsOptions, options)
  checkPair(settings)
  const { find, ask, maxRegions, padding } = settings
  const members = [find, ask]
  const [findKey = find.name, memoryKey = ask.name] = memberKeys(members)
  const concerns = (member: Adapter, control: ControlTag) =>
    control.perRegion === (member === ask) && takes(member, control)

  const isAsked = (control: ControlTag) => takes(ask, control)
  const toFind = (item: Item): Item =>
    withOwnMemory({ ...item, controls: item.controls.filter((control) => concerns(find, control)) }, findKey)

  /** What is found in each item, and the items about it. What fails is found, and fails, when it is predicted. */
  async function findIn(items: readonly Item[], context: PredictContext<unknown>): Promise<(FoundRegions | Error)[]> {
    const outcomes = await askTogether(find, items.map(toFind), context)
    const { logger } = context
    const options = { maxRegions, padding, cut: createCutPicture(), asks: isAsked, memoryKey, logger }
    return Promise.all(
      items.map(async (item, place) => {
        const outcome = outcomes[place] ?? []
        if (outcome instanceof Error) return outcome
        const findings = outcome.flatMap((one) => inLabels(find, one))
        return { item, findings, regions: await regionItems(item, findings, options) }
      }),
    )
  }

  async function answer(
    { item, findings, regions }: FoundRegions,
    { model, signal, logger }: PredictContext<AskRegionsModel>,
  ): Promise<Outcome> {
    const priority = item.context === undefined ? 'bulk' : 'interactive'
    const asked = regions.map((region) => model.asking.submit({ item: region.item, logger }, { priority, signal }))
    const outcomes = await Promise.all(asked)
    const failures = outcomes.filter((outcome) => outcome instanceof Error)
    const [failure] = failures
    // Nothing was answered: rather than be kept so, the task is to be asked again.
    if (failure !== undefined && failures.length === outcomes.length) return failure
    for (const { message } of failures) logger.warn({ task: item.task.id, message }, 'a region has no answers')
    const answers = new Map<number, readonly RegionAnswer[]>()
    for (const [place, { index, item: region }] of regions.entries()) {
      const outcome = outcomes[place]
      if (outcome === undefined || outcome instanceof Error) continue
      answers.set(
        index,
        regionAnswers(
          outcome.flatMap((one) => inLabels(ask, one)),
          region.controls,
        ),
      )
    }
    return findings.map((finding, index) => withAnswers(finding, answers.get(index) ?? []))
  }

  return defineAdapter<Fills, AskRegionsModel>({
    name: settings.name,
    version: '1.0.0',
    fills: jointFills(members),
    answersRegions: true,
    options: {
      maxRegions,
      padding,
      adapters: members.map(({ name, version, options: own, labelMap, controls }) => ({
        name,
        version,
        options: own,
        labelMap,
        controls,
      })),
    },
    scope: find.scope ?? 'object',
    controls: settings.controls,
    batchSize: find.batchSize ?? 8,
    alone: find.alone ?? [],
    concurrency: find.concurrency ?? 1,
    ...jointAnswers([find]),
    ...jointReads(members),
    ...jointUsage(members),
    ...jointFit(members, concerns),
    ...bulkOfRegions(find, ask, toFind, async (items, context) => {
      const found = await findIn(items, context)
      return found.flatMap((one) => (one instanceof Error ? [] : one.regions.map(({ item }) => item)))
    }),
    inspect: () => inspectMembers(members),
    inspectControl(control, config) {
      const member = control.perRegion ? ask : find
      checkFills(member, control, config)
      return inspectMembersFor([member], control, config)
    },
    async load() {
      const models = await loadMembers(members)
      const asking = createBatcher<AskedRegion, Outcome>({
        maxSize: ask.batchSize ?? 8,
        concurrency: ask.concurrency ?? 1,
        run(regions, cancellation) {
          const logger = regions[0]?.logger
          if (logger === undefined) return Promise.resolve([])
          const items = regions.map(({ item }) => item)
          return askTogether(ask, items, { model: models[1], signal: cancellation.toSignal(), logger })
        },
      })
      return { find: models[0], ask: models[1], asking }
    },
    async predict(items, context) {
      const found = await findIn(items, { ...context, model: context.model.find })
      return Promise.all(found.map((one) => (one instanceof Error ? one : answer(one, context))))
    },
    async dispose({ find: finder, ask: answerer, asking }) {
      await asking.dispose()
      await disposeMembers(members, [finder, answerer])
    },
  })
}

/** @throws PrelabelError `region-control`, the reason why a control is not filled */
function checkFills(member: Adapter, control: ControlTag, config: LabelingConfig): void {
  const objects = objectsOf(config, control).filter(({ tag }) => member.fills[control.tag]?.includes(tag))
  const cuttable = objects.filter(({ tag }) => !control.perRegion || CUTTABLE.has(tag))
  if (takes(member, control) && cuttable.length > 0) return
  const about = objectsOf(config, control).map(({ tag }) => `<${tag}>`)
  const what = control.perRegion ? `answers no <${control.tag}> about regions of` : `fills no <${control.tag}> on`
  const reason = objects.length > 0 ? `no regions can be cut out of` : `${member.name} ${what}`
  throw new PrelabelError(`${reason} ${about.join(', ')}`, {
    code: 'region-control',
    path: control.path,
    hint: 'Take an adapter that fills such a control.',
  })
}

function withAnswers(finding: Finding, answers: readonly RegionAnswer[]): Finding {
  if (!('label' in finding) || answers.length === 0) return finding
  return { ...finding, answers: [...(finding.answers ?? []), ...answers] }
}
