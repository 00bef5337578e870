import { expect, it } from 'vitest'
import * as adapters from '../../../src/adapters/llm/index.js'
import * as prelabel from '../../../src/index.js'
import * as testing from '../../../src/testing/index.js'
import { compileExamples, readGuide } from '../../compile-guide.js'

it('docs/llm.md has examples that compile', () => {
  expect(compileExamples(readGuide('docs/llm.md'))).toEqual([])
})

it('docs/llm.md has a stand-in whose answers fit what is asked', async () => {
  const code = readGuide('docs/llm.md').examples.find((example) => example.includes('startLlmServer')) ?? ''
  const script = code.replace(/^import (\{[^}]*\}) from ('[^']*')$/gm, 'const $1 = modules[$2]')
  const modules = { prelabel, 'prelabel/llm': adapters, 'prelabel/testing': testing }
  const printed: unknown[][] = []
  const run = new Function('modules', 'console', `return (async () => {${script}})()`)
  await run(modules, { log: (...values: unknown[]) => printed.push(values) })
  expect(printed).toEqual([[[expect.objectContaining({ value: { choices: ['Positive'] }, score: 0.9 })], 1]])
})
