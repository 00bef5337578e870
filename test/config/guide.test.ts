/** The examples of docs/config.md compile, and say what stands after `// →`. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import * as config from '../../src/config/index.js'
import { defineConfig } from '../../src/define-config.js'
import { formatIssues } from '../../src/issues.js'

const ROOT = path.resolve(import.meta.dirname, '../..')
const guide = readFileSync(path.join(ROOT, 'docs/config.md'), 'utf8')
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text)
const examples = blocks('ts')
/** Those that read no file. */
const runnable = examples.filter((code) => !code.includes("'node:"))

describe('docs/config.md', () => {
  it('has examples that compile', { timeout: 120_000 }, () => {
    const files = new Map(examples.map((code, index) => [path.join(ROOT, `docs/example-${index}.mts`), code]))
    const labels = config.printTypes('<View><Image name="photo" value="$image"/></View>')
    const sources = new Map([...files, [path.join(ROOT, 'docs/labels.ts'), labels]])
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts'],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      baseUrl: ROOT,
      paths: { prelabel: ['src/index.ts'], 'prelabel/config': ['src/config/index.ts'] },
    }
    const host = ts.createCompilerHost(options)
    const program = ts.createProgram([...files.keys()], options, {
      ...host,
      fileExists: (file) => sources.has(file) || host.fileExists(file),
      readFile: (file) => sources.get(file) ?? host.readFile(file),
      getSourceFile: (file, version) => {
        const code = sources.get(file)
        return code === undefined ? host.getSourceFile(file, version) : ts.createSourceFile(file, code, version)
      },
    })
    const problems = [...files.keys()].flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([])
  })

  it.each(runnable.map((code, index) => ({ code, index })))('example $index says what it should', ({ code }) => {
    const printed: string[] = []
    const script = ts
      .transpile(code.replace(/\n\/\/ → /g, ' // → ').replace(/^ *(.+?) \/\/ → (.+)$/gm, 'expect($1).toEqual($2)'), {
        target: ts.ScriptTarget.ES2022,
      })
      .replace(/^import (\{[^}]*\}) from ('[^']*');$/gm, 'const $1 = modules[$2];')
    const modules = { prelabel: { defineConfig, formatIssues }, 'prelabel/config': config }
    expect.assertions(code.match(/\/\/ → /g)?.length ?? 0)
    new Function('modules', 'expect', 'console', script)(modules, expect, { log: (text: string) => printed.push(text) })
    for (const text of printed) if (!blocks('text').includes(`${text}\n`)) throw new Error(`the guide lacks\n${text}`)
  })
})
