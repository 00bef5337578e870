/** Holds a page of docs against the library: its examples compile, and say what stands after `// →`. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')

/** Code of a page of docs. */
export interface Guide {
  /** The TypeScript examples. */
  readonly examples: readonly string[]
  /** What the page says that examples print. */
  readonly outputs: readonly string[]
}

/** @param page relative to the project: `docs/config.md` */
export function readGuide(page: string): Guide {
  const text = readFileSync(path.join(ROOT, page), 'utf8')
  const blocks = (language: string) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code)
  return { examples: blocks('ts'), outputs: blocks('text') }
}

/**
 * What the compiler has against the examples.
 *
 * @param besides other files that examples import, beside the page: name -> text
 */
export function compileExamples({ examples }: Guide, besides: Readonly<Record<string, string>> = {}): string[] {
  const files = new Map(examples.map((code, index) => [path.join(ROOT, `docs/example-${index}.mts`), code]))
  const others = Object.entries(besides).map(([name, text]) => [path.join(ROOT, 'docs', name), text] as const)
  const sources = new Map([...files, ...others])
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    baseUrl: ROOT,
    paths: { prelabel: ['src/index.ts'], 'prelabel/*': ['src/*/index.ts', 'src/adapters/*/index.ts'] },
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
  return problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

/**
 * Runs an example and expects of each expression what stands behind it, or below it, after `// →`.
 *
 * @param modules what its imports give: module -> exports
 * @returns what it printed
 */
export function runExample(code: string, modules: Readonly<Record<string, object>>): string[] {
  const script = ts
    .transpile(code.replace(/\n\/\/ → /g, ' // → ').replace(/^ *(.+?) \/\/ → (.+)$/gm, 'expect($1).toEqual($2)'), {
      target: ts.ScriptTarget.ES2022,
    })
    .replace(/^import (\{[^}]*\}) from ('[^']*');$/gm, 'const $1 = modules[$2];')
  const printed: string[] = []
  expect.assertions(code.match(/\/\/ → /g)?.length ?? 0)
  new Function('modules', 'expect', 'console', script)(modules, expect, { log: (text: string) => printed.push(text) })
  return printed
}
