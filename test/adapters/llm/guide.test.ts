import { expect, it } from 'vitest'
import { compileExamples, readGuide } from '../../compile-guide.js'

it('docs/llm.md has examples that compile', { timeout: 120_000 }, () => {
  expect(compileExamples(readGuide('docs/llm.md'))).toEqual([])
})
