import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { PrelabelError } from '../src/errors.js'
import { parseOptions } from '../src/parse-options.js'

const spend = z.strictObject({ cost: z.number().exactOptional(), requests: z.int().optional() })
const schema = z.strictObject({
  scoreThreshold: z.number().max(1).default(0.3),
  budget: z.strictObject({ run: spend.optional(), day: spend.nullable() }).prefault({ day: null }),
  rules: z.array(z.strictObject({ label: z.string(), pattern: z.string().optional() })).optional(),
  prices: z.record(z.string(), spend).optional(),
  confidence: z.union([z.literal('none'), z.strictObject({ samples: z.int() })]).optional(),
})

function slip(options: unknown, owner: { code?: string } = {}) {
  try {
    parseOptions({ name: 'yolo', page: 'docs/yolo.md', ...owner }, schema, options)
  } catch (error) {
    if (PrelabelError.isInstance(error)) return error.toJSON()
    throw error
  }
  throw new Error('the options were taken')
}

it('fills in what was left out', () => {
  expect(parseOptions({ name: 'yolo', page: '' }, schema, {})).toEqual({ scoreThreshold: 0.3, budget: { day: null } })
})

it('says where a value is wrong, and where it is described', () => {
  expect(slip({ scoreThreshold: 2 })).toEqual({
    code: 'invalid-options',
    path: 'yolo.scoreThreshold',
    message: expect.stringMatching(/^yolo\.scoreThreshold: Too big/),
    hint: 'docs/yolo.md says what the option takes.',
  })
  expect(slip(3)).toMatchObject({ path: 'yolo', message: expect.stringMatching(/^yolo: Invalid input/) })
  expect(slip({ rules: [{}] }, { code: 'own-options' })).toMatchObject({
    code: 'own-options',
    path: 'yolo.rules[0].label',
  })
})

describe('a misspelled option', () => {
  it.each([
    [{ scoreTreshold: 1 }, 'yolo.scoreTreshold', 'scoreThreshold'],
    [{ budget: { day: null, runs: {} } }, 'yolo.budget.runs', 'run'],
    [{ budget: { day: { coast: 1 } } }, 'yolo.budget.day.coast', 'cost'],
    [{ rules: [{ label: 'a' }, { label: 'b', patern: '' }] }, 'yolo.rules[1].patern', 'pattern'],
    [{ prices: { 'gpt-5': { Cost: 1 } } }, 'yolo.prices["gpt-5"].Cost', 'cost'],
    [{ confidence: { samples: 3, sample: 4 } }, 'yolo.confidence.sample', 'samples'],
  ])('%o', (options, path, meant) => {
    expect(slip(options)).toMatchObject({
      path,
      message: `${path}: no such option`,
      hint: `Did you mean \`${meant}\`?`,
    })
  })

  it('that is like no other', () => {
    expect(slip({ colour: 'red' })).toMatchObject({ path: 'yolo.colour', hint: 'docs/yolo.md lists the options.' })
  })
})
