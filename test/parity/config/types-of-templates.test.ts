/** Types equal run time: for each of Label Studio's own configs, the shape of the literal is the one that `printTypes` writes. */

import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { checkConfig, printTypes } from '../../../src/config/index.js'
import { readLines, readTemplate, sharedData } from './shared-data.js'

/** Instantiations that all configs together may cost; about what they cost now, and a tenth. */
const BUDGET = 660_000

const templates = readLines<{ file: string }>('parsed.jsonl')
  .map(({ file }) => ({ file, xml: sharedData ? readTemplate(file) : '' }))
  .filter(({ xml }) => !xml.includes('`') && checkConfig(xml).config !== undefined)

describe.runIf(sharedData)('literal configs', () => {
  it('have the types that their run-time reading has', () => {
    const { errors, instantiations } = compile(sourceOf(templates))
    expect(errors).toEqual([])
    console.info(`${templates.length} configs, ${instantiations} instantiations`)
    expect(instantiations).toBeLessThan(BUDGET)
  }, 300_000)

  it('are told apart when they differ', () => {
    const { errors } = compile(
      sourceOf([{ file: 'planted', xml: '<View><Text name="t" value="$t"/></View>' }], 'Other'),
    )
    expect(errors).toHaveLength(1)
  })
})

function sourceOf(configs: readonly { file: string; xml: string }[], planted?: string): string {
  const lines = [
    `import type { ShapeOf } from '../../../src/config/index.js'`,
    'type Eq<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false',
    'declare function same<T extends true>(): void',
    'type Other = { data: {}; objects: {}; controls: {} }',
  ]
  for (const [i, { file, xml }] of configs.entries()) {
    const literal = xml.replace(/\r\n?/g, '\n').replaceAll('\\', '\\\\').replaceAll('${', '\\${')
    lines.push(
      `// ${file}`,
      printTypes(xml, `Shape${i}`),
      `same<Eq<ShapeOf<\`${literal}\`>, ${planted ?? `Shape${i}`}>>()`,
    )
  }
  return lines.join('\n')
}

function compile(source: string): { errors: string[]; instantiations: number } {
  const file = fileURLToPath(new URL('generated.ts', import.meta.url))
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest)
  host.fileExists = (name) => name === file || fileExists(name)
  const program = ts.createProgram([file], options, host)
  const errors = program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(
      ({ messageText, start = 0 }) =>
        `${source.slice(start, start + 40)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
  return { errors, instantiations: program.getInstantiationCount() }
}
