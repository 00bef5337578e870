import ts from 'typescript'
import { expect, it } from 'vitest'
import * as prelabel from '../../src/index.js'
import { compileExamples, readGuide } from '../compile-guide.js'

const guide = readGuide('docs/adapters.md')

it('docs/adapters.md has examples that compile', () => {
  expect(compileExamples(guide)).toEqual([])
})

it('its first adapter says what the page prints', async () => {
  const [code = ''] = guide.examples
  const script = ts
    .transpile(code, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 })
    .replace(/^import (\{[^}]*\}) from 'prelabel';$/gm, 'const $1 = prelabel;')
  const printed: string[] = []
  const run = new Function('prelabel', 'console', `return (async () => { ${script}; await backend.dispose() })()`)
  await run(prelabel, { log: (text: string) => printed.push(text) })
  expect(printed.map((line) => `${line.replace(/"id":"[^"]+"/, '"id":"…"')}\n`)).toEqual(guide.outputs)
})
