import { createHash } from 'node:crypto'
import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import { parseOptions } from '../../parse-options.js'
import type { Adapter, ModelInfo, Outcome } from '../adapter.js'
import { adapterName } from '../adapter-name.js'
import { disposeMembers, loadMembers, membersStatus } from '../compose/load-members.js'
import { spellOut } from '../compose/spell-out.js'
import { defineAdapter } from '../define-adapter.js'
import { mappedLabel } from '../mapped-label.js'
import { type FoundBox, fuseBoxes, suppressBoxes } from './fuse-boxes.js'

/** Version of the code: raise it when the same models give other findings. */
const VERSION = '1.1.0'

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
  const combine = method === 'fusion' ? fuseBoxes : suppressBoxes
  return defineAdapter<typeof FILLS, readonly unknown[]>({
    name,
    version: VERSION,
    fills: FILLS,
    controls,
    options: {
      method,
      iouThreshold,
      weights,
      members: members.map((member) => [member.name, member.version, member.options, member.labelMap]),
    },
    batchSize: Math.min(...members.map(({ batchSize = 8 }) => batchSize)),
    inspect: async () => {
      const infos = await Promise.all(members.map((member) => member.inspect?.()))
      return together(infos, members)
    },
    inspectControl: async (control, config) => {
      const infos = await Promise.all(
        members.map((member) => member.inspectControl?.(control, config) ?? member.inspect?.()),
      )
      return together(infos, members)
    },
    load: () => loadMembers(members),
    predict: async (items, { model, ...context }) => {
      const outcomes = await Promise.all(
        members.map((member, i) => member.predict(items, { ...context, model: model[i] })),
      )
      return items.map((item, index): Outcome => {
        const answers = members.map((member, i) => boxesOf(outcomes[i]?.[index], member))
        const wrong = answers.find((answer) => answer instanceof Error)
        if (wrong instanceof Error) return wrong
        const said = answers.flatMap((findings) =>
          findings instanceof Error ? [] : [{ findings, controls: item.controls }],
        )
        const found = spellOut(said, item).map(({ findings }) => findings)
        return combine(found, { iouThreshold, weights })
      })
    },
    status: (models) => membersStatus(members, models),
    dispose: (models) => disposeMembers(members, models),
  })
}

/** A member's boxes, with its classes by their mapped names. An answer that one model did not give is not made up for. */
function boxesOf(outcome: Outcome | undefined, member: Adapter): FoundBox[] | Error {
  if (outcome === undefined) return new Error(`${member.name} gave no answer`)
  if (outcome instanceof Error) return outcome
  return outcome.flatMap((finding) => {
    if (finding.kind !== 'detection') throw notBoxes(member.name, finding.kind)
    const label = mappedLabel(member, finding.label)
    return label === undefined ? [] : [{ ...finding, label }]
  })
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
