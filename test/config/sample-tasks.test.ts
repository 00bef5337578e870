import { expect, it } from 'vitest'
import { parseConfig, sampleTasks } from '../../src/config/index.js'

const VIEW = '<View><!-- {"data": {"text": "inside"}} --><Text name="t" value="$text"/></View>'
const tasksOf = (after: string) => sampleTasks(parseConfig(`<!-- {"data": {"text": "before"}} -->${VIEW}${after}`))

it('reads the tasks in comments behind the config', () => {
  expect(tasksOf('\n<!-- {"data": {"text": "x"}, "predictions": [{"result": []}]} -->')).toEqual([
    { data: { text: 'x' }, predictions: [{ result: [] }] },
  ])
})

it('reads lists of tasks', () => {
  expect(tasksOf('<!-- [{"data": {"text": "a"}}, {"data": {"text": "b"}}] -->').map(({ data }) => data.text)).toEqual([
    'a',
    'b',
  ])
})

it.each([
  '<!-- a note -->',
  '<!-- {"text": "x"} -->',
  '<!-- {"data": [1]} -->',
  '<!-- [null, 3] -->',
  '<!-- {"data": {}, "predictions": 1} -->',
  '',
])('passes over %j', (after) => {
  expect(tasksOf(after)).toEqual([])
})
