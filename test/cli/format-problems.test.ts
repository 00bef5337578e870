import { expect, test } from 'vitest'
import { formatProblems } from '../../src/cli/format-problems.js'

const tasks = Array.from({ length: 30 }, (_, index) => ({ data: {}, ...(index === 1 ? {} : { id: 100 + index }) }))

test('each problem is said once, with the tasks that have it', () => {
  const problems = [
    { index: 4, text: 'error a' },
    { index: 1, text: 'error b\n  hint: mend it' },
    { index: 2, text: 'error a' },
    { index: 2, text: 'error a' },
  ]
  expect(formatProblems(problems, tasks)).toEqual([
    'error a\n  tasks: 104, 102',
    'error b\n  hint: mend it\n  task: index 1',
  ])
})

test('of many tasks the first are named', () => {
  const [line] = formatProblems(
    tasks.map((_, index) => ({ index, text: 'error a' })),
    tasks,
  )
  expect(line).toMatch(/^error a\n {2}tasks: 100, index 1, 102, .*, 119 and 10 more$/)
})
