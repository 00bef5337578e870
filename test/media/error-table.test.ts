/** docs/errors/media.md has a row for each code that media and the client of Label Studio throw, and each error a hint. */

import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const sources = ['src/media', 'src/label-studio'].flatMap((folder) =>
  readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(`${folder}/${name}`)),
)
const errors = sources.flatMap((text) => text.match(/new PrelabelError\([\s\S]*?\}\)\n/g) ?? [])

it('the table has the codes that are thrown, and no other', () => {
  const thrown = sources.flatMap((text) => [...text.matchAll(/\bcode: '([a-z-]+)'/g)].map(([, code]) => code))
  const told = [...read('docs/errors/media.md').matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code)
  expect([...new Set(thrown)].sort()).toEqual(told.sort())
})

it('every error has a hint', () => {
  expect(errors.length).toBeGreaterThan(30)
  expect(errors.filter((error) => !/\bhint\b/.test(error))).toEqual([])
})
