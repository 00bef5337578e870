import { expect, it } from 'vitest'
import { compileExamples, readGuide } from '../../compile-guide.js'

it('docs/sam.md has examples that compile', () => {
  expect(compileExamples(readGuide('docs/sam.md'))).toEqual([])
})
