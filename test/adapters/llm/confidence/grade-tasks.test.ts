import { expect, it } from 'vitest'
import { fitCalibration, gradeTasks } from '../../../../src/adapters/llm/index.js'

const said = (from_name: string, value: object, score?: number) => ({
  id: 'x',
  from_name,
  to_name: 't',
  value,
  ...(score === undefined ? {} : { score }),
})
const relation = { type: 'relation', from_id: 'a', to_id: 'b' }
const task = (predicted: readonly object[], annotated: readonly object[], more: readonly object[] = []) => ({
  id: 1,
  data: {},
  annotations: [{ result: [] }, { result: [...annotated, relation] }, { result: [], was_cancelled: true }, ...more],
  predictions: [{ result: [...predicted, relation], model_version: 'v1' }],
})
const span = (start: number, end: number, label: string, text?: string) => ({ start, end, labels: [label], text })
const rectangle = (x: number, label: string) => ({
  x,
  y: 0,
  width: 10,
  height: 10,
  rotation: 0,
  rectanglelabels: [label],
})

it.each([
  [{ choices: ['A', 'B'] }, { choices: ['B', 'A'] }, true],
  [{ choices: ['A'] }, { choices: ['A', 'B'] }, false],
  [{ taxonomy: [['A', 'B']] }, { taxonomy: [['A', 'B']] }, true],
  [{ taxonomy: [['A', 'B']] }, { taxonomy: [['B', 'A']] }, false],
  [{ rating: 4 }, { rating: 4 }, true],
  [{ rating: 4 }, { rating: 5 }, false],
  [{ text: ['Hi'] }, { text: ['Hi'] }, true],
  [span(1, 4, 'X', 'abc'), span(1, 4, 'X'), true],
  [span(1, 4, 'X'), span(1, 4, 'Y'), false],
  [span(1, 4, 'X'), span(1, 5, 'X'), false],
  [rectangle(0, 'Cat'), rectangle(3, 'Cat'), true],
  [rectangle(0, 'Cat'), rectangle(4, 'Cat'), false],
  [rectangle(0, 'Cat'), rectangle(0, 'Dog'), false],
])('%j and %j: %s', (predicted, annotated, correct) => {
  const tasks = [task([said('it', predicted, 0.8)], [said('other', predicted), said('it', annotated)])]
  expect(gradeTasks(tasks)).toEqual({ it: [{ score: 0.8, correct }] })
})

it('takes controls apart, and leaves out what has no score, no annotation or another version', () => {
  const yes = { choices: ['A'] }
  const tasks = [
    task([said('a', yes, 0.9), said('b', yes, 0.7), said('c', yes)], [said('a', yes), said('c', yes)]),
    { id: 2, data: {}, predictions: [{ result: [said('a', yes, 0.5)] }] },
    { ...task([], [said('a', yes)]), predictions: [{ result: [said('a', yes, 0.1)], model_version: 'v0' }] },
  ]
  expect(gradeTasks(tasks, 'v1')).toEqual({ a: [{ score: 0.9, correct: true }], b: [{ score: 0.7, correct: false }] })
  expect(gradeTasks(tasks).a).toHaveLength(2)
})

it('is what a calibration is fitted on', () => {
  const graded = gradeTasks(
    Array.from({ length: 10 }, (_, index) =>
      task([said('a', { choices: ['A'] }, 0.9)], [said('a', { choices: [index < 6 ? 'A' : 'B'] })]),
    ),
  )
  expect(fitCalibration(graded.a ?? [])).toMatchObject({ eceBefore: expect.closeTo(0.3, 10), count: 10 })
})
