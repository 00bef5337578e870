import { expect, it } from 'vitest'
import { compileExamples, readGuide } from '../../compile-guide.js'

it('docs/video.md has examples that compile', () => {
  expect(compileExamples(readGuide('docs/video.md'))).toEqual([])
})
