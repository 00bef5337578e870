import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

/** One bundle entry for each entry of package.json's `exports` and `bin`, under the same path as its source. */
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, { default: string } | string>
  bin: Record<string, string>
}
const outputs = [
  ...Object.values(manifest.exports).flatMap((target) => (typeof target === 'string' ? [] : [target.default])),
  ...Object.values(manifest.bin),
]
const entry = Object.fromEntries(
  outputs.map((output) => {
    const name = output.replace(/^(\.\/)?dist\//, '').replace(/\.js$/, '')
    return [name, `src/${name}.ts`]
  }),
)

export default defineConfig({
  entry,
  format: 'esm',
  target: 'node20',
  platform: 'neutral',
  splitting: true,
  sourcemap: true,
  clean: true,
  // Declarations come from `tsc -p tsconfig.build.json`, file by file.
  dts: false,
  external: [/^node:/],
  // Runtimes other than Node, and bundlers for them, know built-in modules by this prefix alone.
  removeNodeProtocol: false,
})
