import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { TextModel } from '../../../src/adapters/text/text-model.js'
import { createJudge } from '../../../src/adapters/zero-shot/entailment.js'
import { loadFixture } from '../text/load-fixture.js'
import { SENTIMENT, ZERO_SHOT } from '../text/model-folders.js'

const answer = z.object({ labels: z.array(z.string()), scores: z.array(z.number()) })
const manners = { single: answer, multi: answer, default_template: answer, one_label: answer }
const file = z.object({
  templates: z.record(z.enum(['single', 'multi', 'default_template', 'one_label']), z.string()),
  cases: z.array(z.object({ text: z.string(), ...manners })),
})
const { templates, cases } = file.parse(JSON.parse(readFileSync('test/fixtures/bert-zeroshot/reference.json', 'utf8')))

describe('says what the Python zero-shot-classification pipeline says', () => {
  let model: TextModel
  beforeAll(async () => {
    model = await loadFixture(ZERO_SHOT, 16, 'sequences')
  })
  afterAll(() => model.dispose())

  test.each(['single', 'multi', 'default_template', 'one_label'] as const)('%s, for every text', async (manner) => {
    const questions = cases.map((one) => ({
      text: one.text,
      hypotheses: one[manner].labels.map((label) => templates[manner].replace('{}', label)),
      independent: manner === 'multi',
    }))
    const scores = await createJudge(model, 'average').judge(questions)
    cases.forEach((one, index) => {
      const furthest = Math.max(
        ...one[manner].scores.map((score, place) => Math.abs(score - (scores[index]?.[place] ?? Number.NaN))),
      )
      expect(furthest, one.text).toBeLessThan(1e-4)
    })
  })

  test('long texts are judged in parts', async () => {
    const hypotheses = ['This text is about sports.', 'This text is about food.']
    const judge = createJudge(model, 'average')
    const [long = []] = await judge.judge([{ text: 'goal match team '.repeat(300), hypotheses, independent: false }])
    expect(long.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 6)
    expect(long[0]).toBeGreaterThan(long[1] ?? 1)
  })

  test('hypotheses that leave no room for the text are refused', async () => {
    const question = { text: 'goal', hypotheses: ['very '.repeat(600)], independent: true }
    await expect(createJudge(model, 'average').judge([question])).rejects.toMatchObject({ code: 'hypothesis-too-long' })
  })
})

test('a model that knows no entailment is refused', async () => {
  const model = await loadFixture(SENTIMENT, 1, 'sequences')
  expect(() => createJudge(model, 'average')).toThrow(expect.objectContaining({ code: 'model-not-nli' }))
  await model.dispose()
})
