import { expect, test } from 'vitest'
import { compileExamples, readGuide } from '../../compile-guide.js'

const PAGES = ['ner', 'text-classification', 'zero-shot', 'rules']

test.each(PAGES)('docs/%s.md has examples that compile', (page) => {
  const guide = readGuide(`docs/${page}.md`)
  expect(guide.examples.length).toBeGreaterThan(0)
  expect(compileExamples(guide)).toEqual([])
})
