import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
/** The package's own names, as they are in the source. */
const alias = {
  'prelabel/llm': `${root}src/adapters/llm/index.ts`,
  'prelabel/testing': `${root}src/testing/index.ts`,
  prelabel: `${root}src/index.ts`,
}

const says: Readonly<Record<string, readonly string[]>> = {
  sentiment: ['"Positive"', '"Negative"', 'paid $0.000'],
  classification: ['[["Delivery","Damaged"]]', '{"rating":3}', '{"choices":["de"]}', '2 requests'],
  'text-generation': ['"A phone no longer charges; the agent offers a replacement."'],
  entities: ['"start":2,"end":5,"text":"Ann"', '"start":34,"end":37,"text":"Ann"', '"5 €"'],
  picture: ['"A tabby cat looks past the camera."', '"original_width": 451', '"rectanglelabels"'],
}

it('runs every example against the stand-in', () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'jiti/register', 'test/adapters/llm/all-examples.ts', ...Object.keys(says), '--stand-in'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, JITI_ALIAS: JSON.stringify(alias) } },
  )
  expect(status, stderr).toBe(0)
  for (const [name, texts] of Object.entries(says)) {
    const said = stdout.split(`# ${name}\n`)[1]?.split('\n# ')[0]
    for (const text of texts) expect(said).toContain(text)
  }
})
