/** Runs the examples of the guide: what stands after `// →` must be what the line before it answers. */

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as config from '../../../src/config/index.js'
import * as results from '../../../src/results/index.js'

const guide = readFileSync(new URL('../../../docs/masks-and-offsets.md', import.meta.url), 'utf8')
const examples = [...guide.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code)
const modules = { 'prelabel/config': config, 'prelabel/results': results }

it.each(examples.map((code, index) => ({ code, index })))(
  'docs/masks-and-offsets.md, example $index',
  async ({ code }) => {
    const script = code
      .replace(/^import (\{[^}]*\}) from ('[^']*')/gm, 'const $1 = modules[$2]')
      .replace(/^(.+?) \/\/ → (.+)$/gm, 'expect($1).toEqual($2)')
    const answers = code.match(/\/\/ → /g)?.length ?? 0
    expect.assertions(answers)
    await new Function('modules', 'expect', `return (async () => {${script}})()`)(modules, expect)
  },
)
