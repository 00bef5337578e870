/** Types equal run time: for each of Label Studio's own configs, the shape of the literal is the one that `printTypes` writes. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkConfig, printTypes } from '../../../src/config/index.js'
import { readLines, readTemplate, sharedData } from './shared-data.js'

/** Instantiations that all configs together may cost; about what they cost now, and a tenth. */
const BUDGET = 660_000

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** As in a tsconfig. */
const COMPILER_OPTIONS = {
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
  typeRoots: [path.join(ROOT, 'node_modules/@types')],
}

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
    expect(compile(plantedSource()).errors).toHaveLength(1)
  })

  it.each(['ts6', 'ts7'])('have those types under %s, and are told apart there', { timeout: 300_000 }, (compiler) => {
    expect(compileWith(compiler, sourceOf(templates))).toEqual({ status: 0, output: '' })
    const planted = compileWith(compiler, plantedSource())
    expect(planted.status).not.toBe(0)
    expect(planted.output).toMatch(/^generated\.mts\(\d+,\d+\): error TS2344: .*\n$/)
  })
})

function sourceOf(configs: readonly { file: string; xml: string }[]): string {
  const lines = [
    `import type { ShapeOf } from ${JSON.stringify(path.join(ROOT, 'src/config/index.js'))}`,
    'type Eq<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false',
    'declare function same<T extends true>(): void',
  ]
  for (const [i, { file, xml }] of configs.entries()) {
    const literal = xml.replace(/\r\n?/g, '\n').replaceAll('\\', '\\\\').replaceAll('${', '\\${')
    lines.push(`// ${file}`, printTypes(xml, `Shape${i}`), `same<Eq<ShapeOf<\`${literal}\`>, Shape${i}>>()`)
  }
  return lines.join('\n')
}

/** A config, and its shape with one label misspelt. */
function plantedSource(): string {
  const labels = '<Choice value="Yes"/><Choice value="No"/>'
  const xml = `<View><Text name="t" value="$t"/><Choices name="c" toName="t">${labels}</Choices></View>`
  return sourceOf([{ file: 'planted', xml }]).replace('| "No"', '| "Noo"')
}

/** What another release of the compiler says, run as its own process. */
function compileWith(compiler: string, source: string): { status: number | null; output: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'prelabel-types-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(path.join(folder, 'generated.mts'), source)
  const tsconfig = { compilerOptions: COMPILER_OPTIONS, files: ['generated.mts'] }
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  const tsc = path.join(ROOT, 'node_modules', compiler, 'bin/tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, '--pretty', 'false', '-p', folder], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, output: stdout }
}

function compile(source: string): { errors: string[]; instantiations: number } {
  const file = fileURLToPath(new URL('generated.mts', import.meta.url))
  const { options } = ts.convertCompilerOptionsFromJson(COMPILER_OPTIONS, ROOT)
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
