import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ControlTag } from '../../config/labeling-config.js'
import { PrelabelError } from '../../errors.js'
import type { Issue } from '../../issues.js'
import { parseOptions } from '../../parse-options.js'
import type { Finding } from '../../results/findings.js'
import type { Adapter, Item, ModelInfo, Outcome } from '../adapter.js'
import { adapterName } from '../adapter-name.js'
import { askMember } from '../compose/ask-member.js'
import { isAsked, takes } from '../compose/asked-of.js'
import { membersMade } from '../compose/joint-facts.js'
import { disposeMembers, loadMembers, membersStatus } from '../compose/load-members.js'
import { settleAll } from '../compose/settle-all.js'
import { spellOut } from '../compose/spell-out.js'
import { defineAdapter } from '../define-adapter.js'
import { mappedLabel } from '../mapped-label.js'
import { foundPart, toOutcome } from '../partly-failed.js'
import { controlThresholds } from './control-thresholds.js'
import { type FoundBox, fuseBoxes, suppressBoxes } from './fuse-boxes.js'

/** Version of the code: raise it when the same models give other findings. */
const VERSION = '1.2.0'

const IMAGE = ['Image'] as const
const FILLS = { RectangleLabels: IMAGE, Rectangle: IMAGE, EllipseLabels: IMAGE, Ellipse: IMAGE } as const

const schema = z.strictObject({
  name: adapterName('ensemble'),
  method: z.enum(['fusion', 'suppression']).default('fusion'),
  iouThreshold: z.number().min(0).max(1).default(0.55),
  weights: z.array(z.number().positive()).optional(),
  controls: z.array(z.string()).optional(),
})

/** How several models become one. */
export interface EnsembleOptions {
  /** @default 'ensemble' */
  readonly name?: string
  /** `fusion`: boxes of the same thing are averaged; `suppression`: the surest box stays as it is. @default 'fusion' */
  readonly method?: 'fusion' | 'suppression'
  /** Boxes of a class that overlap by more than this are the same thing. @default 0.55 */
  readonly iouThreshold?: number
  /** How much each model counts. @default 1 for each */
  readonly weights?: readonly number[]
  /** Only these controls, by name. */
  readonly controls?: readonly string[]
}

/**
 * Several detectors as one adapter: each looks at every picture, and what they found is put together. Models mean the same
 * class when its name, after their own `labelMap`, is the same.
 *
 * @example
 * ensemble([yolo({ model: 'a.onnx' }), yolo({ model: 'b.onnx' })], { weights: [2, 1] })
 *
 * @param members adapters that find upright boxes
 * @throws PrelabelError `invalid-options`
 */
export function ensemble(members: readonly Adapter[], options: EnsembleOptions = {}): Adapter {
  const {
    name,
    method,
    iouThreshold,
    weights = members.map(() => 1),
    controls,
  } = parseOptions({ name: 'ensemble', page: 'docs/yolo.md' }, schema, options)
  if (members.length < 2 || weights.length !== members.length)
    throw new PrelabelError('An ensemble needs at least two adapters, and a weight for each or none', {
      code: 'invalid-options',
      path: 'ensemble',
      hint: 'Give as many `weights` as adapters, or leave them out.',
    })

  /** An answer that one model did not give is not made up for by the others. */
  const combined = (item: Item, outcomes: readonly (Outcome | undefined)[]): Outcome => {
    const said: Said[] = []
    const issues: Issue[] = []
    for (const [i, outcome] of outcomes.entries()) {
      const [member, weight] = [members[i], weights[i]]
      if (outcome === undefined || member === undefined || weight === undefined) continue
      const part = foundPart(outcome)
      if (part instanceof Error) return part
      const other = part.findings.find((finding) => !isBox(finding))
      if (other !== undefined) return notBoxes(member.name, other.kind)
      issues.push(...part.issues)
      const controls = item.controls.filter((control) => isAsked(member, control, item))
      said.push({ findings: part.findings, controls, weight })
    }
    const spoken = spellOut(said, item)
    if (method === 'suppression') return toOutcome({ findings: byControl(spoken, suppressBoxes, iouThreshold), issues })
    // Fusion lowers scores that the models' own thresholds have let through.
    const { assign } = controlThresholds([], item.controls, item.controls, { scoreThreshold: 0, labelThresholds: {} })
    return toOutcome({ findings: assign(byControl(spoken, fuseBoxes, iouThreshold)), issues })
  }

  return defineAdapter<typeof FILLS, readonly unknown[]>({
    name,
    version: VERSION,
    fills: FILLS,
    controls,
    options: {
      method,
      iouThreshold,
      weights,
      members: membersMade(members),
    },
    batchSize: Math.min(...members.map(({ batchSize = 8 }) => batchSize)),
    inspect: async () => {
      const infos = await Promise.all(members.map((member) => member.inspect?.()))
      return together(infos, members)
    },
    inspectControl: async (control, config) => {
      const taking = members.filter((member) => takes(member, control))
      const infos = await Promise.all(
        taking.map((member) => member.inspectControl?.(control, config) ?? member.inspect?.()),
      )
      return together(infos, taking)
    },
    load: () => loadMembers(members),
    predict: async (items, context) => {
      const answers = await settleAll(
        members.map((member, i) => askMember(member, members, items, { ...context, model: context.model[i] })),
      )
      return items.map((item, at) =>
        combined(
          item,
          answers.map((of) => of[at]),
        ),
      )
    },
    status: (models) => membersStatus(members, models),
    dispose: (models) => disposeMembers(members, models),
  })
}

/** What one model found in an item, on which of its controls, and how much it counts. */
interface Said {
  readonly findings: readonly Finding[]
  readonly controls: readonly ControlTag[]
  readonly weight: number
}

/** Each control by itself: a model that does not fill it has no say about it. */
function byControl(said: readonly Said[], combine: typeof fuseBoxes, iouThreshold: number): FoundBox[] {
  const places = new Set(said.flatMap(({ findings }) => findings.map(({ control }) => control)))
  return [...places].flatMap((place) => {
    const heard = said.filter(({ controls }) => place === undefined || controls.some(({ name }) => name === place))
    return combine(
      heard.map(({ findings }) => findings.filter(isBox).filter(({ control }) => control === place)),
      { iouThreshold, weights: heard.map(({ weight }) => weight) },
    )
  })
}

function isBox(finding: Finding): finding is FoundBox {
  return finding.kind === 'detection'
}

function together(infos: readonly (ModelInfo | undefined)[], members: readonly Adapter[]): ModelInfo {
  for (const [i, info] of infos.entries()) {
    const { kinds } = info ?? {}
    if (kinds !== undefined && !kinds.includes('detection')) throw notBoxes(members[i]?.name ?? '', kinds.join(', '))
  }
  const classes = infos.flatMap((info, i) =>
    (info?.classes ?? []).flatMap((name) => mappedLabel(members[i], name) ?? []),
  )
  const fingerprints = infos.map((info) => info?.fingerprint ?? '')
  return {
    ...(infos.every((info) => info?.classes !== undefined) ? { classes: [...new Set(classes)] } : {}),
    kinds: ['detection'],
    fingerprint: createHash('sha256').update(fingerprints.join('\n')).digest('hex'),
    summary: `${members.length} models: ${infos.map((info) => info?.summary ?? '?').join('; ')}`,
  }
}

function notBoxes(name: string, kind: string): PrelabelError {
  return new PrelabelError(`The adapter ${name} finds a ${kind}, and an ensemble puts together boxes only`, {
    code: 'ensemble-not-boxes',
    hint: 'Give it detectors; let the others be adapters of their own.',
  })
}
