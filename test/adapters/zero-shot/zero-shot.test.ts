import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ZeroShotModel, zeroShot } from '../../../src/adapters/zero-shot/index.js'
import type { LabelOption } from '../../../src/config/labeling-config.js'
import { loaded } from '../text/loaded.js'
import { ZERO_SHOT } from '../text/model-folders.js'
import { controlTag, predictContext, textItem } from '../text/text-item.js'

function option(value: string, hint?: string): LabelOption {
  return {
    label: value,
    value,
    predictedValues: [],
    attributes: {},
    children: [],
    position: { line: 1, column: 1, offset: 0 },
    ...(hint === undefined ? {} : { hint }),
  }
}

const adapter = zeroShot({ model: ZERO_SHOT, hypothesisTemplate: 'This text is about {}.' })
let model: ZeroShotModel
beforeAll(async () => {
  model = await loaded(adapter)
})
afterAll(() => adapter.dispose?.(model))

const input = { kind: 'text', text: 'bank shares and the tennis match' } as const
const topics = ['finance', 'food', 'sports', 'tech', 'travel']

test('one choice gets the likeliest label, many get all that hold; each control is named', async () => {
  const single = controlTag('Choices', { name: 'topic', options: topics.map((topic) => option(topic)) })
  const multiple = controlTag('Choices', {
    name: 'topics',
    options: topics.map((topic) => option(topic)),
    multiple: true,
  })
  const outcomes = await adapter.predict([textItem(input, { controls: [single, multiple] })], predictContext(model))
  expect(outcomes).toEqual([
    [
      { kind: 'classification', control: 'topic', classes: [{ label: 'finance', score: expect.closeTo(0.51922, 4) }] },
      {
        kind: 'classification',
        control: 'topics',
        classes: [
          { label: 'finance', score: expect.closeTo(0.997947, 4) },
          { label: 'sports', score: expect.closeTo(0.997093, 4) },
        ],
      },
    ],
  ])
})

test('a hint stands for its choice in the hypothesis', async () => {
  const options = [option('A', 'food'), option('B', 'sports')]
  const outcomes = await adapter.predict(
    [textItem(input, { controls: [controlTag('Choices', { options })] })],
    predictContext(model),
  )
  expect(outcomes).toMatchObject([[{ classes: [{ label: 'B' }] }]])
})

test('choices that come with the task are candidates', async () => {
  const control = controlTag('Choices', { dynamicOptions: 'choices' })
  const data = { choices: ['travel', { value: 'finance', alias: 'money' }, { wrong: true }] }
  const outcomes = await adapter.predict([textItem(input, { controls: [control], data })], predictContext(model))
  expect(outcomes).toMatchObject([[{ classes: [{ label: 'money' }] }]])
})

test('without choices or text there is nothing to say', async () => {
  const bare = textItem(input, { controls: [controlTag('Choices')] })
  const empty = textItem(
    { kind: 'text', text: ' ' },
    { controls: [controlTag('Choices', { options: [option('food')] })] },
  )
  expect(await adapter.predict([bare, empty], predictContext(model))).toEqual([[], []])
})

test('a template without a place for the choice is refused', () => {
  expect(() => zeroShot({ model: ZERO_SHOT, hypothesisTemplate: 'About what?' })).toThrow(
    expect.objectContaining({ code: 'invalid-options', path: 'zeroShot.hypothesisTemplate' }),
  )
})
