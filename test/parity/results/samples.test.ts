import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../../src/config/index.js'
import { validatePrediction } from '../../../src/results/index.js'

const shared = process.env.PRELABEL_SHARED ?? path.resolve('../shared')

interface Sample {
  readonly kind: string
  readonly id: string
  readonly config: string
  readonly prediction: unknown
  readonly frontend?: string | null
  readonly sdk: { readonly ok: boolean }
}

const samples: Sample[] = readFileSync(`${shared}/labelstudio/samples.jsonl`, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))
const ofKind = (kind: string) => samples.filter((sample) => sample.kind === kind)

function issuesOf(sample: Sample) {
  const { config } = checkConfig(sample.config)
  if (config === undefined) throw new Error(`the config of ${sample.id} has errors`)
  return validatePrediction(config, sample.prediction)
}

describe('hand-made samples', () => {
  it.each(ofKind('valid').map((sample) => [sample.id, sample] as const))('finds nothing in %s', (_, sample) => {
    expect(issuesOf(sample)).toEqual([])
  })

  it.each(ofKind('broken').map((sample) => [sample.id, sample] as const))('finds what is wrong in %s', (_, sample) => {
    const issues = issuesOf(sample)
    expect(issues).not.toEqual([])
    if (/^(not-drawn|error|dropped)/.test(sample.frontend ?? ''))
      expect(issues.map(({ severity }) => severity)).toContain('error')
  })
})

/** Where this library and the SDK differ on broken samples, and why this library is right. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'brush rle garbage': 'error, the SDK accepts: the bytes do not decode, nothing is drawn',
  'datetime garbage': 'error, the SDK accepts: it is no date',
  'duplicate region ids': 'error, the SDK accepts: the second region is lost',
  'float offsets': 'error, the SDK accepts: the editor draws nothing',
  'label by value though alias exists': 'warning, the SDK refuses: the editor finds the label by its value',
  'negative start': 'error, the SDK accepts: it cannot be highlighted',
  'number out of range': 'error, the SDK accepts: the editor refuses to submit it',
  'number string': 'error, the SDK accepts: the editor stops loading',
  'perRegion first': 'error, the SDK accepts: the rectangle is lost',
  'polygon empty': 'error, the SDK accepts: there is nothing to draw',
  'ranker numbers': 'warning, the SDK refuses: the editor takes them',
  'rating float': 'warning, the SDK refuses: the editor takes it',
  'rating string': 'error, the SDK accepts: the editor stops loading',
  'rect label key wrong': 'warning, the SDK refuses: the editor draws it without a label',
  'rect rotation 400': 'warning, the SDK refuses: the editor turns it by 40 degrees',
  'region score text': 'error, the SDK accepts: the editor stops loading',
  'score -1': 'warning, the SDK refuses: the editor takes it',
  'split ids differ': 'warning, the SDK refuses: the editor draws two regions',
  'split labels without geometry': 'warning, the SDK refuses: the editor draws it from its own value',
  'start > end': 'error, the SDK accepts: it cannot be highlighted',
  'timeline float frames': 'error, the SDK accepts: the editor stops loading',
  'ts no instant': 'warning, the SDK refuses: the editor takes false',
  'two picks in a single choice': 'error, the SDK accepts: the editor refuses to submit them',
  'type case': 'error, the SDK accepts: the editor stops loading',
  'type mismatch': 'warning, the SDK refuses: the editor goes by the control',
  'video no framesCount': 'warning, the SDK refuses: the editor works it out',
  'video no time': 'warning, the SDK refuses: the editor works it out',
  'video sequence empty': 'error, the SDK accepts: there is nothing to draw',
}

describe('verdicts on the broken samples', () => {
  it('differ from those of the SDK only where the editor does', () => {
    const differences = ofKind('broken').flatMap((sample) => {
      const refused = issuesOf(sample).some(({ severity }) => severity === 'error')
      if (refused === !sample.sdk.ok) return []
      return [[sample.id, refused ? 'error, the SDK accepts' : 'warning, the SDK refuses']]
    })
    const listed = Object.entries(DIFFERENCES).map(([id, reason]) => [id, reason.slice(0, reason.indexOf(':'))])
    expect(Object.fromEntries(differences)).toEqual(Object.fromEntries(listed))
  })
})
