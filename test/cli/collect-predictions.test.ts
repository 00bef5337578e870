import { expect, test } from 'vitest'
import { collectPredictions } from '../../src/cli/collect-predictions.js'

const prediction = { result: [{ from_name: 'a', to_name: 'b', type: 'choices', value: { choices: ['A'] } }] }
const data = { text: 'x' }

test.each([
  ['one prediction', prediction, ['']],
  ['a list of predictions', [prediction, prediction], ['[0]', '[1]']],
  ['a bare list of results', prediction.result, ['']],
  ["a backend's answer, with a failed task", { results: [prediction, [], prediction] }, ['results[0]', 'results[2]']],
  ['several predictions for a task', { results: [[prediction, prediction]] }, ['results[0][0]', 'results[0][1]']],
  [
    'tasks',
    [
      { data, predictions: [prediction] },
      { data, predictions: [] },
    ],
    ['[0].predictions[0]'],
  ],
])('finds %s', (_, document, paths) => {
  expect(collectPredictions(document).map(({ path }) => path)).toEqual(paths)
})

test('hands on the task that a prediction stands with', () => {
  expect(collectPredictions([{ id: 7, data, predictions: [prediction] }])).toMatchObject([{ task: { data } }])
})

test.each([[{}], ['text'], [[{ a: 1 }]], [null]])('refuses %j', (document) => {
  expect(() => collectPredictions(document)).toThrow('the file holds no predictions')
})
