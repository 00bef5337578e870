/** Offsets against Python's own `len` and slices, which is how people and models on Label Studio's side count. */

import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTextIndex } from '../../../src/results/text/index.js'

const python = process.env.PRELABEL_PYTHON
if (python === undefined) console.info('skipped: PRELABEL_PYTHON names no Python')

const SCRIPT = `
import json, sys
cases = json.load(sys.stdin)
json.dump([[len(text), len(text.encode('utf-8', 'surrogatepass')), text[start:end]] for text, start, end in cases], sys.stdout)
`

describe.skipIf(python === undefined)('createTextIndex and Python', () => {
  it('agree on lengths, bytes and slices of any text', () => {
    const text = fc
      .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\r\n', '👩‍👩‍👧', 'e\u0301', '\ud83d', '漢字')), {
        maxLength: 20,
      })
      .map((parts) => parts.join(''))
    const samples = fc.sample(fc.tuple(text, fc.nat(), fc.nat()), { numRuns: 2000, seed: 1 })
    const cases = samples.map(([text, a, b]): [string, number, number] => {
      const length = createTextIndex(text).codePoints + 1
      return [text, Math.min(a % length, b % length), Math.max(a % length, b % length)]
    })
    const output = execFileSync(python ?? '', ['-c', SCRIPT], { input: JSON.stringify(cases), encoding: 'utf8' })
    const answers: [number, number, string][] = JSON.parse(output)
    cases.forEach(([text, start, end], at) => {
      const index = createTextIndex(text)
      expect([index.codePoints, index.bytes, index.sliceCodePoints(start, end)]).toEqual(answers[at])
    })
  })
})
