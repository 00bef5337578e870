import { expect, test } from 'vitest'
import type { Adapter } from '../../src/adapters/adapter.js'
import { checkAdapter, defineAdapter } from '../../src/adapters/define-adapter.js'
import { createBackend } from '../../src/backend/index.js'

const right = {
  name: 'shout',
  version: '1.0.0',
  fills: { TextArea: ['Text'] },
  predict: () => [],
} as const satisfies Adapter

test('an adapter that is right comes back as it is', () => {
  expect(defineAdapter(right)).toBe(right)
})

test.each([
  ['a name in another case', { ...right, name: 'Shout' }, 'name: must be kebab-case'],
  ['no version', { ...right, version: '' }, 'version: is empty'],
  ['nothing to fill', { ...right, fills: {} }, 'fills: names no control tag'],
  ['a control on no object', { ...right, fills: { TextArea: [] } }, 'fills.TextArea: names no object tag'],
  [
    'a misspelled tag',
    { ...right, fills: { Textarea: ['Text'] } },
    'fills.Textarea: Label Studio writes <Textarea> as <TextArea>',
  ],
  ['a misspelled object', { ...right, fills: { TextArea: ['text'] } }, 'Label Studio writes <text> as <Text>'],
  ['an unknown kind of prompt', { ...right, prompts: ['point'] }, 'prompts[0]: '],
  ['an unknown scope', { ...right, scope: 'tasks' }, 'scope: '],
  ['controls that are no list', { ...right, controls: 'c' }, 'controls: '],
  ['a load that is no function', { ...right, load: 5 }, 'load: must be a function'],
  ['a fit that is no function', { ...right, fit: 'x' }, 'fit: must be a function'],
  ['tasks prepared below zero', { ...right, preparesAhead: -1 }, 'preparesAhead: '],
  ['a label map that is a list', { ...right, labelMap: [1] }, 'labelMap: '],
  ['a label map to a number', { ...right, labelMap: { a: 1 } }, 'labelMap.a: '],
  ['a member that there is not', { ...right, warmup: true }, 'warmup: no such option'],
  ['half a batch', { ...right, batchSize: 0.5 }, 'batchSize: '],
  ['no predict', { ...right, predict: undefined }, 'predict: must be a function'],
  ['nothing at all', undefined, ''],
])('%s is refused', (_, adapter, message) => {
  const refused = expect.objectContaining({ code: 'invalid-adapter', message: expect.stringContaining(message) })
  expect(() => checkAdapter(adapter)).toThrow(refused)
})

test('a misspelled member is refused with the one that was meant', () => {
  expect(() => checkAdapter({ ...right, batchsize: 3 })).toThrow(
    expect.objectContaining({
      code: 'invalid-adapter',
      path: 'adapter shout.batchsize',
      hint: 'Did you mean `batchSize`?',
    }),
  )
})

test.each<[string, unknown, string]>([
  ['a regular expression', { rules: [{ pattern: /a/ }] }, 'options.rules[0].pattern: a RegExp is not plain JSON'],
  ['a Map', new Map([[1, 2]]), 'options: a Map is not plain JSON'],
  ['a Set', { names: new Set(['a']) }, 'options.names: a Set is not plain JSON'],
  ['a typed array', { mean: new Float32Array(3) }, 'options.mean: a Float32Array is not plain JSON'],
  ['a function', { rule: () => 1 }, 'options.rule: a function is not plain JSON'],
  ['not a number', { threshold: Number.NaN }, 'options.threshold: NaN is not plain JSON'],
  ['infinity', { limit: Number.POSITIVE_INFINITY }, 'options.limit: Infinity is not plain JSON'],
  ['a bigint', { size: 1n }, 'options.size: a bigint is not plain JSON'],
  ['a hole in a list', { sizes: [1, undefined] }, 'options.sizes[1]: undefined is not plain JSON'],
])('options that are no plain JSON are refused: %s', (_, options, message) => {
  const refused = expect.objectContaining({ code: 'invalid-adapter', message: expect.stringContaining(message) })
  expect(() => checkAdapter({ ...right, options })).toThrow(refused)
})

test('options that hold themselves are refused', () => {
  const options: { inner?: unknown } = {}
  options.inner = { options }
  expect(() => checkAdapter({ ...right, options })).toThrow(
    expect.objectContaining({ message: expect.stringContaining('options.inner.options: a value inside itself') }),
  )
})

test('options may be any plain JSON, with members that are undefined and parts in two places', () => {
  const part = { a: 1 }
  for (const options of [undefined, null, 1, 'a', [part, [part]], { part, again: part, none: undefined }])
    expect(() => checkAdapter({ ...right, options })).not.toThrow()
})

test('an object of a class is taken with members of its own, and checked like others', () => {
  class Shout implements Adapter {
    readonly name = 'shout'
    readonly version = '1.0.0'
    readonly fills = right.fills
    readonly cache = new Map()
    constructor(readonly batchSize: number) {}
    predict() {
      return []
    }
  }
  expect(() => checkAdapter(new Shout(1))).not.toThrow()
  expect(() => checkAdapter(new Shout(0))).toThrow(expect.objectContaining({ code: 'invalid-adapter' }))
})

test('a tag that Label Studio may have by a plugin is taken', () => {
  expect(() => checkAdapter({ ...right, fills: { Magnify: ['Image'] } })).not.toThrow()
})

test('a backend refuses adapters and media options that cannot be right when it is made', () => {
  const config = '<View><Text name="t" value="$t"/></View>'
  const broken: Adapter = { ...right, fills: {} }
  expect(() => createBackend({ config, adapters: [broken] })).toThrow(
    expect.objectContaining({ code: 'invalid-adapter' }),
  )
  const limits: { readonly pixels: number } = JSON.parse('{"pixles": 1}')
  expect(() => createBackend({ config, adapters: [right], media: { limits } })).toThrow(
    expect.objectContaining({
      code: 'media-options',
      message: expect.stringMatching(/^media\.limits\.pixles: no such option/),
    }),
  )
})
