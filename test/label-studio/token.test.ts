import { describe, expect, it } from 'vitest'
import { accessWith } from '../../src/label-studio/environment.js'
import { readLabelStudioEnvironment, tokenKind } from '../../src/label-studio/index.js'
import { jwt } from '../media/serve.js'

describe('the kind of a token', () => {
  it.each([
    ['0123456789abcdef0123456789abcdef01234567', 'legacy'],
    ['a.b.c', 'legacy'],
    [jwt({ token_type: 'refresh' }), 'personal-access'],
    [jwt({ token_type: 'access' }), 'access'],
    [jwt({ user: 'ünïcode' }), 'personal-access'],
  ])('%s', (token, kind) => {
    expect(tokenKind(token)).toBe(kind)
  })
})

describe('the environment', () => {
  it('is read under either name, the first one first', () => {
    expect(
      readLabelStudioEnvironment({
        LABEL_STUDIO_URL: 'http://a',
        LABEL_STUDIO_HOST: 'http://b',
        LABEL_STUDIO_ACCESS_TOKEN: ' t ',
        LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT: '/mnt',
      }),
    ).toEqual({ url: 'http://a', token: 't', localFiles: '/mnt' })
    expect(readLabelStudioEnvironment({ LABEL_STUDIO_HOST: 'http://b', LABEL_STUDIO_API_KEY: 'k' })).toEqual({
      url: 'http://b',
      token: 'k',
    })
  })

  it('counts an empty variable as unset', () => {
    expect(readLabelStudioEnvironment({ LABEL_STUDIO_URL: '', LABEL_STUDIO_HOST: ' ' })).toEqual({})
  })

  it('gives a Label Studio that is named without a token the one that is set', () => {
    const set = { url: 'http://a', token: 't' }
    expect(accessWith({ url: 'http://b' }, set)).toEqual({ url: 'http://b', token: 't' })
    expect(accessWith({ url: 'http://b', token: 'u' }, set)).toEqual({ url: 'http://b', token: 'u' })
    expect(accessWith({ url: 'http://b' }, {})).toEqual({ url: 'http://b' })
    expect(accessWith(undefined, set)).toEqual(set)
    expect(accessWith(undefined, { url: 'http://a' })).toEqual({ url: 'http://a' })
    expect(accessWith(undefined, { token: 't' })).toBeUndefined()
  })
})
