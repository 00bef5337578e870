import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** Static imports of values; types and `import()` load nothing. */
const IMPORTS = /^(?:import|export)(?! type\b)[^'"]*? from '([^']+)'|^import '([^']+)'/gm

/** Packages and built-in modules that a source file brings with it when it is imported. */
function packagesOf(entry: string): Set<string> {
  const seen = new Set<string>()
  const packages = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, from, bare] of readFileSync(file, 'utf8').matchAll(IMPORTS)) {
      const name = from ?? bare ?? ''
      if (name.startsWith('.')) visit(join(dirname(file), name.replace(/\.js$/, '.ts')))
      else packages.add(name)
    }
  }
  visit(entry)
  return packages
}

it('the handler imports no disk, no socket and no native code', () => {
  const entry = fileURLToPath(new URL('../../src/backend/index.ts', import.meta.url))
  const packages = packagesOf(entry)
  expect(packages).toContain('zod')
  expect([...packages].filter((name) => name.startsWith('node:'))).toEqual([])
  for (const heavy of ['undici', 'sharp', 'onnxruntime-node', '@huggingface/transformers'])
    expect(packages).not.toContain(heavy)
})
