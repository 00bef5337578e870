import { objectsOf } from '../../../config/index.js'
import type { ControlTag, LabelingConfig } from '../../../config/labeling-config.js'
import { PrelabelError } from '../../../errors.js'
import { type Batcher, createBatcher } from '../../../inference/batcher.js'
import { parseOptions } from '../../../parse-options.js'
import type { Adapter, Fills, Outcome } from '../../adapter.js'
import { defineAdapter } from '../../define-adapter.js'
import { takes } from '../asked-of.js'
import { jointFit } from '../fit-members.js'
import {
  inspectMembers,
  inspectMembersFor,
  jointAnswers,
  jointFills,
  jointReads,
  jointUsage,
  membersMade,
} from '../joint-facts.js'
import { disposeMembers, loadMembers } from '../load-members.js'
import { jointPreparation } from '../prepare-members.js'
import { type AskedRegion, answerRegions, askAbout } from './answer-regions.js'
import { type AskRegionsOptions, askRegionsOptions, checkPair } from './ask-regions-options.js'
import { bulkOfRegions } from './bulk-regions.js'
import { DRAWN } from './drawn-regions.js'
import { createFindRegions } from './find-regions.js'

/** What {@link askRegions} has loaded. */
export interface AskRegionsModel {
  readonly find: unknown
  readonly ask: unknown
  /** Regions of all tasks that are in hand, for `ask`. */
  readonly asking: Batcher<AskedRegion, Outcome>
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
  const { find, ask, maxRegions, padding, drawn } = settings
  const members = [find, ask]
  const isFound = (control: ControlTag) => !control.perRegion && takes(find, control)
  const isAsked = (control: ControlTag) => control.perRegion && takes(ask, control)
  const { prepare, preparesAhead = 0 } = jointPreparation([find])
  const preparing: Pick<Adapter<AskRegionsModel, Fills>, 'prepare' | 'preparesAhead'> = prepare === undefined
    ? {}
    : { preparesAhead, prepare: (items, context) => prepare(items, { ...context, model: [context.model.find] }) }
  const { findRegions, toFind } = createFindRegions(settings, isFound, isAsked)

  return defineAdapter<Fills, AskRegionsModel>({
    name: settings.name,
    version: '1.0.0',
    fills: jointFills(members),
    answersRegions: true,
    options: {
      maxRegions,
      padding,
      drawn,
      adapters: membersMade(members),
    },
    scope: find.scope ?? 'object',
    controls: settings.controls,
    batchSize: find.batchSize ?? 8,
    alone: find.alone ?? [],
    concurrency: find.concurrency ?? 1,
    ...(drawn ? { prompts: DRAWN } : jointAnswers([find])),
    ...jointReads(members),
    ...jointUsage([...new Set(members)]),
    ...jointFit(members, (_, control, place) => (place === 0 ? isFound(control) : isAsked(control))),
    ...preparing,
    ...bulkOfRegions(find, ask, toFind, async (items, context) => {
      const found = await findRegions(items, context)
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
        run: (regions, cancellation) => askAbout(ask, models[1], regions, cancellation.toSignal()),
      })
      return { find: models[0], ask: models[1], asking }
    },
    async predict(items, context) {
      const found = await findRegions(items, { ...context, model: context.model.find })
      const { asking } = context.model
      return Promise.all(found.map((one) => (one instanceof Error ? one : answerRegions(one, ask, asking, context))))
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
