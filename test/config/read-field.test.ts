import { expect, it } from 'vitest'
import { findObject, parseConfig, readField } from '../../src/config/index.js'

const data = { image: 'a.jpg', a: { b: [{ c: 7 }] }, title: 'T', body: 'B', none: null }

const read = (value: string) => {
  const object = findObject(parseConfig(`<View><Text name="t" value="${value}"/></View>`), 't')
  if (object === undefined) throw new Error('no object')
  return readField(object, data)
}

it.each([
  ['$image', 'a.jpg'],
  ['$a.b[0].c', 7],
  ['$a.b', [{ c: 7 }]],
  ['$missing.deep', undefined],
  ['$none', null],
  ['Title: $title / $body', 'Title: T / B'],
  ['$title $missing!', 'T !'],
  ['hello', 'hello'],
  ['$constructor', undefined],
  ['$__proto__.x', undefined],
])('%s reads %j', (value, expected) => {
  expect(read(value)).toEqual(expected)
})
