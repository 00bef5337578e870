import fc from 'fast-check'
import { expect, it } from 'vitest'
import { extractJson } from '../../../../src/adapters/llm/reply/extract-json.js'
import { jsonRanges } from '../../../../src/adapters/llm/reply/json-ranges.js'

it.each([
  ['{"a":1}', { a: 1 }],
  ['Sure!\n```json\n{"a": "}{"}\n```\nAnything else?', { a: '}{' }],
  ['{not json} but {"a":"\\"}"}', { a: '"}' }],
  ['<think>{"a":</think>{"b":2}', { b: 2 }],
  ['[{"a":1}]', { a: 1 }],
])('finds the object in %j', (text, expected) => {
  const found = extractJson(text)
  expect(found?.value).toEqual(expected)
  expect(text.slice(found?.offset).startsWith(found?.text ?? '-')).toBe(true)
})

it.each(['', 'null', '[1]', '{"a":1', 'no'])('finds none in %j', (text) => {
  expect(extractJson(text)).toBeUndefined()
})

it('knows where every value stands', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (given, space) => {
      // As JSON has it: without -0.
      const value: unknown = JSON.parse(JSON.stringify(given))
      const text = JSON.stringify({ value }, undefined, space)
      for (const [key, { start, end }] of jsonRanges(text)) {
        const path: (string | number)[] = JSON.parse(key)
        const expected = path.reduce<unknown>((at, step) => Object(at)[step], { value })
        const written = text.slice(start, end)
        expect(JSON.parse(typeof expected === 'string' ? `"${written}"` : written)).toEqual(expected)
      }
    }),
  )
})
