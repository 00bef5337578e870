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
