/** Compiles and runs the examples of the guide: what stands after `// →` must be what the line before it answers. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import * as config from '../../src/config/index.js'
import { defineConfig } from '../../src/define-config.js'
import * as results from '../../src/results/index.js'

const ROOT = path.resolve(import.meta.dirname, '../..')
const guide = readFileSync(path.join(ROOT, 'docs/results.md'), 'utf8')
const examples = [...guide.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code)
const modules = { prelabel: { defineConfig }, 'prelabel/config': config, 'prelabel/results': results }

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  baseUrl: ROOT,
  paths: {
    prelabel: ['src/define-config.ts'],
    'prelabel/config': ['src/config/index.ts'],
    'prelabel/results': ['src/results/index.ts'],
  },
}

it('examples compile', { timeout: 120_000 }, () => {
  const files = new Map(examples.map((code, index) => [path.join(ROOT, `docs/example-${index}.mts`), code]))
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (file) => files.has(file) || host.fileExists(file),
    readFile: (file) => files.get(file) ?? host.readFile(file),
    getSourceFile: (file, version) => {
      const code = files.get(file)
      return code === undefined ? host.getSourceFile(file, version) : ts.createSourceFile(file, code, version)
    },
  })
  const problems = [...files.keys()].flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([])
})

it.each(examples.map((code, index) => ({ code, index })))('example $index runs', ({ code }) => {
  const script = ts
    .transpile(code.replace(/^(.+?) \/\/ → (.+)$/gm, 'expect($1).toEqual($2)'), { target: ts.ScriptTarget.ES2022 })
    .replace(/^import (\{[^}]*\}) from ('[^']*');$/gm, 'const $1 = modules[$2];')
  expect.assertions(code.match(/\/\/ → /g)?.length ?? 0)
  new Function('modules', 'expect', script)(modules, expect)
})
