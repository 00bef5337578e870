import { expect, it } from 'vitest'
import { compileExamples, readGuide } from '../../compile-guide.js'

it.each(['docs/yolo.md', 'docs/inference.md'])('%s has examples that compile', (page) => {
  expect(compileExamples(readGuide(page))).toEqual([])
})
