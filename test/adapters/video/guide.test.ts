import { expect, it } from 'vitest'
import { compileExamples, readGuide } from '../../compile-guide.js'

it('docs/video.md has examples that compile', { timeout: 120_000 }, () => {
  expect(compileExamples(readGuide('docs/video.md'))).toEqual([])
})
