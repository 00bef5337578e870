import { describe, expect, it } from 'vitest'
import { redactText, redactUrl } from '../../src/label-studio/index.js'

describe('a URL in a message', () => {
  it.each([
    ['https://b.s3.amazonaws.com/k.png?X-Amz-Signature=abc&X-Amz-Credential=d', 'https://b.s3.amazonaws.com/k.png?…'],
    ['https://user:pass@host/a.png#frag', 'https://host/a.png'],
    ['/data/local-files/?d=imgs/a.png', '/data/local-files/?d=imgs/a.png'],
    ['/data/local-files/?d=imgs/a.png&token=x', '/data/local-files/?d=imgs/a.png&…'],
    ['data:image/png;base64,AAAA', 'data:image/png;base64,… (26 characters)'],
    ['s3://bucket/key.png', 's3://bucket/key.png'],
    ['//user:pass@host/x', '//host/x'],
  ])('%s', (url, shown) => {
    expect(redactUrl(url)).toBe(shown)
  })

  it('is cut when it is long', () => {
    expect(redactUrl(`https://host/${'a'.repeat(5000)}`).length).toBeLessThan(400)
  })
})

describe('a text in a log', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCJ9.c2ln'
  const legacy = '0123456789abcdef0123456789abcdef01234567'

  it.each([
    [`Authorization: Token ${legacy}`, 'Authorization: Token …'],
    [`Bearer ${jwt} refused`, 'Bearer … refused'],
    [`{"refresh":"${jwt}"}`, '{"refresh":"…"}'],
    [`token: ${legacy}.`, 'token: ….'],
    ['"authorization":"Basic Ym9iOng="', '"authorization":"Basic …"'],
    ['Token refreshed', 'Token refreshed'],
    ['get https://h/a?sig=x and http://u:p@h/b failed', 'get https://h/a?… and http://h/b failed'],
    ['nothing to hide', 'nothing to hide'],
  ])('%s', (text, shown) => {
    expect(redactText(text)).toBe(shown)
  })
})
