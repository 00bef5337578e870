/** The examples of docs/config.md compile, and say what stands after `// →`. */

import { describe, expect, it } from 'vitest'
import * as config from '../../src/config/index.js'
import { defineConfig } from '../../src/define-config.js'
import { formatIssues } from '../../src/issues.js'
import { compileExamples, readGuide, runExample } from '../compile-guide.js'

const guide = readGuide('docs/config.md')
/** Those that read no file. */
const runnable = guide.examples.filter((code) => !code.includes("'node:"))
const modules = { prelabel: { defineConfig, formatIssues }, 'prelabel/config': config }

describe('docs/config.md', () => {
  it('has examples that compile', () => {
    const labels = config.printTypes('<View><Image name="photo" value="$image"/></View>')
    expect(compileExamples(guide, { 'labels.ts': labels })).toEqual([])
  })

  it.each(runnable.map((code, index) => ({ code, index })))('example $index says what it should', ({ code }) => {
    for (const text of runExample(code, modules))
      if (!guide.outputs.includes(`${text}\n`)) throw new Error(`the guide lacks\n${text}`)
  })
})
