/** The examples of docs/results.md compile, and say what stands after `// →`. */

import { describe, expect, it } from 'vitest'
import * as config from '../../src/config/index.js'
import { defineConfig } from '../../src/define-config.js'
import * as results from '../../src/results/index.js'
import { compileExamples, readGuide, runExample } from '../compile-guide.js'

const guide = readGuide('docs/results.md')
const modules = { prelabel: { defineConfig }, 'prelabel/config': config, 'prelabel/results': results }

describe('docs/results.md', () => {
  it('has examples that compile', () => {
    expect(compileExamples(guide)).toEqual([])
  })

  it.each(guide.examples.map((code, index) => ({ code, index })))('example $index says what it should', ({ code }) => {
    runExample(code, modules)
  })
})
