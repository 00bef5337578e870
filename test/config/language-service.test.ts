/** What an author sees while writing a literal config: completions, messages, hovers, and what they cost the compiler. */

import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const FILE = fileURLToPath(new URL('virtual.ts', import.meta.url))

const HEAD = `
import type { Checked } from '../../src/config/infer/checked.js'
import type { ConfigShape, ShapeOf } from '../../src/config/infer/shape.js'
interface Control<O> { label(option: O): void }
interface Config<S extends ConfigShape> {
  control<K extends keyof S['controls'] & string>(name: K): Control<S['controls'][K]['option']>
}
declare function define<const S extends string>(xml: Checked<S>): Config<ShapeOf<S>>
`

const CONFIG = `const config = define(\`<View>
  <Image name="img" value="$image"/>
  <RectangleLabels name="box" toName="img"><Label value="Car"/><Label value="Person"/></RectangleLabels>
  <Choices name="light" toName="img"><Choice value="Day"/></Choices>
</View>\`)
`

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
}

let source = ''
let version = 0
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [FILE],
  getScriptVersion: (file) => (file === FILE ? String(version) : '0'),
  getScriptSnapshot: (file) => {
    const text = file === FILE ? source : ts.sys.readFile(file)
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
  },
  getCurrentDirectory: () => process.cwd(),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (file) => file === FILE || ts.sys.fileExists(file),
  readFile: ts.sys.readFile,
})

function write(text: string): void {
  source = HEAD + text
  version++
}

/** Completions where `|` stands. */
function completions(text: string): string[] {
  write(text.replace('|', ''))
  const at = HEAD.length + text.indexOf('|')
  return service.getCompletionsAtPosition(FILE, at, {})?.entries.map(({ name }) => name) ?? []
}

function messages(text: string): string[] {
  write(text)
  return service
    .getSemanticDiagnostics(FILE)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

function instantiations(text: string): number {
  write(text)
  const program = service.getProgram()
  program?.getSemanticDiagnostics(program.getSourceFile(FILE))
  return program?.getInstantiationCount() ?? Number.NaN
}

describe('an author', () => {
  it('is offered the names of controls, and their labels', () => {
    expect(completions(`${CONFIG}config.control('|')`)).toEqual(['box', 'light'])
    expect(completions(`${CONFIG}config.control('box').label('|')`)).toEqual(['Car', 'Person'])
  })

  it('is told in short sentences what is wrong', () => {
    expect(messages(`${CONFIG}config.control('boxes')`)).toEqual([
      `Argument of type '"boxes"' is not assignable to parameter of type '"box" | "light"'.`,
    ])
    expect(messages(`${CONFIG}config.control('box').label('Truck')`)).toEqual([
      `Argument of type '"Truck"' is not assignable to parameter of type '"Car" | "Person"'.`,
    ])
    const [dangling] = messages('define(`<View><Image name="img" value="$i"/><Rating name="r" toName="imgg"/></View>`)')
    expect(dangling).toContain(
      `parameter of type '"<… name=\\"r\\" toName=\\"imgg\\">: no object tag is named \\"imgg\\""'`,
    )
  })

  it('sees the finished shape in a hover', () => {
    write(CONFIG)
    const info = service.getQuickInfoAtPosition(FILE, HEAD.length + 'const '.length)
    const shown = ts.displayPartsToString(info?.displayParts).replace(/\s+/g, ' ')
    expect(shown).toContain(
      'const config: Config<{ data: { image: string; }; objects: { img: "Image"; }; controls: { box: {',
    )
    expect(shown).toContain('option: "Car" | "Person"; many: false; }')
  })
})

describe('the compiler', () => {
  const configOf = (labels: number) =>
    `define(\`<View><Image name="i" value="$i"/><RectangleLabels name="b" toName="i">${Array.from({ length: labels }, (_, i) => `\n  <Label value="label ${i}" background="red" hotkey="${i}"/>`).join('')}\n</RectangleLabels></View>\`)`

  it('pays in proportion to the tags', () => {
    const base = instantiations(configOf(1))
    const small = instantiations(configOf(60)) - base
    const large = instantiations(configOf(600)) - base
    console.info(
      `instantiations: ${base} for one label and the tag table, ${small} more for 60 labels, ${large} for 600`,
    )
    expect(small).toBeLessThan(40_000)
    expect(large).toBeLessThan(400_000)
  })

  it('reads up to 1024 tags, and takes more for a config of unknown names', () => {
    expect(messages(`${configOf(900)}.control('b').label('label 899')`)).toEqual([])
    expect(messages(`${configOf(900)}.control('b').label('label 900')`)).toHaveLength(1)
    expect(messages(`${configOf(1200)}.control('anything').label('any')`)).toEqual([])
  })
})
