import { createLabelMap } from '../../config/label-map.js'
import { parseOptions } from '../../parse-options.js'
import type { Finding } from '../../results/findings.js'
import type { Adapter, Fills, Item, Outcome, PredictContext } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { foundPart, toOutcome } from '../partly-failed.js'
import { askMember } from './ask-member.js'
import { isAsked } from './asked-of.js'
import { jointBatch, jointPlan } from './bulk-run.js'
import { jointFit } from './fit-members.js'
import {
  inspectMembers,
  inspectMembersFor,
  jointAnswers,
  jointFills,
  jointReads,
  jointUsage,
  membersMade,
} from './joint-facts.js'
import { disposeMembers, loadMembers, membersStatus } from './load-members.js'
import { mergeFindings, type Voice } from './merge-findings.js'
import { type ComposeOptions, checkMembers, composeOptions } from './options.js'
import { jointPreparation } from './prepare-members.js'
import { spellOut } from './spell-out.js'

/** What the members of a composition have loaded, in their order. */
export type ComposedModel = readonly unknown[]

/**
 * Several adapters as one: all of them look at the object, and their findings are merged into one answer for each
 * control. Each member's `labelMap` is applied first; classes that mean one label of the project count as one class.
 *
 * @example
 * compose({ adapters: [rules({ rules }), ner({ model })], merge: 'priority' })
 *
 * @throws PrelabelError `invalid-options`
 */
export function compose(options: ComposeOptions): Adapter<ComposedModel, Fills> {
  const settings = parseOptions({ name: 'compose', page: 'docs/rules.md' }, composeOptions, options)
  checkMembers(settings)
  const { adapters: members, merge, minOverlap, onFailure } = settings

  const merged = (
    item: Item,
    outcomes: readonly (Outcome | undefined)[],
    context: PredictContext<unknown>,
  ): Outcome => {
    const asked = outcomes.flatMap((outcome, member) =>
      outcome === undefined ? [] : [{ member, part: foundPart(outcome) }],
    )
    const failures = asked.flatMap(({ part }) => (part instanceof Error ? [part] : []))
    const [failure] = failures
    if (failure !== undefined && (onFailure === 'fail' || failures.length === asked.length)) return failure
    for (const { message } of failures)
      context.logger.warn({ task: item.task.id, message }, 'a composed adapter failed')
    const meaningOf = meaningsFor(item)
    const said = asked.flatMap(({ member, part }) => {
      const adapter = members[member]
      if (adapter === undefined || part instanceof Error) return []
      return [{ member, ...part, controls: item.controls.filter((control) => isAsked(adapter, control, item)) }]
    })
    const voices = spellOut(said, item).flatMap(({ member, findings }) =>
      findings.map((finding): Voice => ({ finding, member, meaning: meaningOf(wordOf(finding)) })),
    )
    const minVotes = settings.minVotes ?? Math.floor((asked.length - failures.length) / 2) + 1
    return toOutcome({
      findings: mergeFindings(voices, { merge, minOverlap, minVotes }, meaningOf),
      issues: said.flatMap(({ issues }) => issues),
    })
  }

  return defineAdapter<Fills, ComposedModel>({
    name: settings.name,
    version: '1.1.0',
    fills: jointFills(members),
    options: {
      merge,
      minOverlap,
      minVotes: settings.minVotes,
      onFailure,
      adapters: membersMade(members),
    },
    scope: members[0]?.scope ?? 'object',
    controls: settings.controls,
    batchSize: Math.max(...members.map(({ batchSize = 8 }) => batchSize)),
    alone: members.flatMap(({ alone = [] }) => alone),
    concurrency: Math.min(...members.map(({ concurrency = 1 }) => concurrency)),
    ...(members.some(({ answersRegions }) => answersRegions) ? { answersRegions: true } : {}),
    ...jointAnswers(members),
    ...jointReads(members),
    ...jointUsage(members),
    ...jointPlan(members),
    ...jointBatch(members),
    ...jointFit(members),
    ...jointPreparation(members),
    inspect: () => inspectMembers(members),
    inspectControl: (control, config) => inspectMembersFor(members, control, config),
    load: () => loadMembers(members),
    async predict(items, context) {
      const answers: (Outcome | undefined)[][] = []
      for (const [index, member] of members.entries())
        answers.push(await askMember(member, members, items, { ...context, model: context.model[index] }))
      return items.map((item, at) =>
        merged(
          item,
          answers.map((of) => of[at]),
          context,
        ),
      )
    },
    status: (models) => membersStatus(members, models),
    dispose: (models) => disposeMembers(members, models),
  })
}

/** The label that a class has on the first of the item's controls that knows it; else the class itself. */
function meaningsFor({ controls }: Item): (className: string) => string {
  const maps = controls.map((control) => createLabelMap(control, undefined, { unmapped: 'drop' }))
  return (className) => maps.map((map) => map.labelFor(className)).find((label) => label !== undefined) ?? className
}

/** What two findings must have in common to say the same. */
function wordOf(finding: Finding): string {
  if ('label' in finding) return finding.label
  if (finding.kind === 'classification') return ''
  const { score: _, ...said } = finding
  return JSON.stringify(said)
}
