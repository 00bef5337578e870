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
    'fills: Label Studio writes <Textarea> as <TextArea>',
  ],
  ['half a batch', { ...right, batchSize: 0.5 }, 'batchSize: '],
  ['no predict', { ...right, predict: undefined }, 'predict: must be a function'],
  ['nothing at all', undefined, ''],
])('%s is refused', (_, adapter, message) => {
  const refused = expect.objectContaining({ code: 'invalid-adapter', message: expect.stringContaining(message) })
  expect(() => checkAdapter(adapter)).toThrow(refused)
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
