import { describe, expect, it } from 'vitest'
import { describeError } from '../../src/backend/describe-error.js'
import { redactValue } from '../../src/backend/redact-value.js'
import { PrelabelError } from '../../src/errors.js'

const TOKEN = 'Token 0123456789abcdef0123456789abcdef01234567'

describe('an error in the log', () => {
  it('tells code, hint and causes, and no stack', () => {
    const cause = new Error('no disk')
    const error = new PrelabelError('not stored', { code: 'x-y', hint: 'Make room.', path: 'a.b', cause })
    expect(describeError(error)).toEqual({
      code: 'x-y',
      message: 'not stored',
      hint: 'Make room.',
      path: 'a.b',
      cause: { name: 'Error', message: 'no disk' },
    })
  })

  it('that caused itself is told once', () => {
    const [first, second] = [new Error('first'), new Error('second')]
    first.cause = second
    second.cause = first
    expect(describeError(first)).toEqual({
      name: 'Error',
      message: 'first',
      cause: { name: 'Error', message: 'second' },
    })
    const itself = new Error('itself')
    itself.cause = itself
    expect(describeError(itself)).toEqual({ name: 'Error', message: 'itself' })
  })

  it('with a long row of causes is cut', () => {
    const last = Array.from({ length: 10_000 }).reduce<Error>(
      (cause, _, at) => new Error(String(at), { cause }),
      new Error('0'),
    )
    const depth = JSON.stringify(describeError(last)).split('"cause"').length - 1
    expect(depth).toBe(5)
  })

  it.each([
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['a text', 'gone', 'gone'],
    ['an object', { a: 1 }, '[object Object]'],
    ['what has no text', Object.create(null), 'an error that cannot be read'],
  ])('may be %s', (_, thrown, message) => {
    expect(describeError(thrown)).toEqual({ message })
  })

  it('whose getters throw is still told of', () => {
    const error = new Error('x')
    for (const name of ['name', 'message', 'cause'])
      Object.defineProperty(error, name, {
        get() {
          throw new Error('no')
        },
      })
    expect(describeError(error)).toEqual({ message: 'an error that cannot be read' })
  })

  it('is told of with a cause that is none', () => {
    expect(describeError(new Error('x', { cause: 7 }))).toMatchObject({ cause: { message: '7' } })
  })
})

describe('a value without secrets', () => {
  it('has none in strings, in names, in errors, nor under the name of one', () => {
    const given = {
      list: [TOKEN, { [TOKEN]: 1 }],
      err: new Error(TOKEN, { cause: new Error(TOKEN) }),
      headers: { authorization: 'abc', 'x-api-key': 'def', accept: '*/*' },
      url: new URL('https://u:p@host/a?sig=b'),
      when: new Date(0),
      bytes: new Uint8Array(3),
      count: 3,
      big: 2n,
      nothing: null,
    }
    expect(redactValue(given)).toEqual({
      list: ['Token …', { 'Token …': 1 }],
      err: { name: 'Error', message: 'Token …', cause: { name: 'Error', message: 'Token …' } },
      headers: { authorization: '…', 'x-api-key': '…', accept: '*/*' },
      url: 'https://host/a?…',
      when: '1970-01-01T00:00:00.000Z',
      bytes: '3 bytes',
      count: 3,
      big: '2',
      nothing: null,
    })
  })

  it('shows nothing under the name of one, whatever it is', () => {
    const given = {
      ...{ accessToken: 'a', token: ['b'], password: 12345678, clientSecret: { value: 'c' }, apiKey: 5n },
      ...{ tokens: 3, inputTokens: 4, tokenCount: 5, max_tokens: 6, hasSecret: true, secret: null },
    }
    expect(redactValue(given)).toEqual({
      ...{ accessToken: '…', token: '…', password: '…', clientSecret: '…', apiKey: '…' },
      ...{ tokens: 3, inputTokens: 4, tokenCount: 5, max_tokens: 6, hasSecret: true, secret: null },
    })
  })

  it('is not changed by it', () => {
    const given = Object.freeze({ a: Object.freeze([TOKEN]) })
    redactValue(given)
    expect(given).toEqual({ a: [TOKEN] })
  })

  it('may hold itself, and things twice', () => {
    const shared = { text: TOKEN }
    const given: Record<string, unknown> = { one: shared, two: shared }
    given.self = given
    expect(redactValue(given)).toEqual({ one: { text: 'Token …' }, two: { text: 'Token …' }, self: '…' })
  })

  it('may refer from everywhere to everywhere', () => {
    const nodes = Array.from({ length: 200 }, (): Record<string, unknown> => ({}))
    for (const node of nodes) Object.assign(node, nodes)
    expect(Object.keys(Object(redactValue(nodes[0])))).toHaveLength(200)
  })

  it('may have getters and a toJSON that throw', () => {
    const no = () => {
      throw new Error('no')
    }
    const given = { a: 1, b: Object.defineProperty({ d: 2 }, 'c', { get: no, enumerable: true }), e: { toJSON: no } }
    expect(redactValue(given)).toEqual({ a: 1, b: { d: 2, c: undefined }, e: undefined })
  })
})
