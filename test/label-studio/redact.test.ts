import { describe, expect, it } from 'vitest'
import { redactText, redactUrl } from '../../src/label-studio/index.js'
import { isSecretName } from '../../src/label-studio/redact.js'

describe('a URL in a message', () => {
  it.each([
    ['https://b.s3.amazonaws.com/k.png?X-Amz-Signature=abc&X-Amz-Credential=d', 'https://b.s3.amazonaws.com/k.png?…'],
    ['https://user:pass@host/a.png#frag', 'https://host/a.png'],
    ['/data/local-files/?d=imgs/a.png', '/data/local-files/?d=imgs/a.png'],
    ['/data/local-files/?d=imgs/a.png&token=x', '/data/local-files/?d=imgs/a.png&…'],
    ['data:image/png;base64,AAAA', 'data:image/png;base64,… (26 characters)'],
    ['s3://bucket/key.png', 's3://bucket/key.png'],
    ['//user:pass@host/x', '//host/x'],
    ['redis://:p@ss@host:6379/0', 'redis://host:6379/0'],
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

describe('a credential in a text', () => {
  const hex = '0123456789abcdef'.repeat(4)
  // Put together here, so that no scanner of secrets takes them for real ones.
  const key = (begin: string, length: number) => begin + 'aB3'.repeat(20).slice(0, length)

  it.each([
    ['AWS, version 4', `X-Amz-Signature=${hex}&X-Amz-Date=1`, 'X-Amz-Signature=…&X-Amz-Date=1'],
    ['AWS, version 4, the key', 'x-amz-credential=AKIA/2026/s3', 'x-amz-credential=…'],
    ['AWS, session', 'X-Amz-Security-Token=Ab+/=', 'X-Amz-Security-Token=…'],
    ['AWS, version 2', 'AWSAccessKeyId=AK&Signature=a%2Bb&Expires=1', 'AWSAccessKeyId=…&Signature=…&Expires=1'],
    ['AWS, id of a key', `no such key: ${key('AKIA', 0)}ABCDEFGHIJ234567.`, 'no such key: ….'],
    ['AWS, in a variable', 'AWS_SECRET_ACCESS_KEY=ab/cd+ef', 'AWS_SECRET_ACCESS_KEY=…'],
    ['Google storage', `X-Goog-Signature=${hex}`, 'X-Goog-Signature=…'],
    ['Google, key', `key ${key('AIza', 35)} is not valid`, 'key … is not valid'],
    ['Azure, SAS', 'blob.png?sv=2024&sig=ab%3D&se=1', 'blob.png?sv=2024&sig=…&se=1'],
    ['Azure, connection string', 'AccountName=a;AccountKey=ab+/==;End', 'AccountName=a;AccountKey=…;End'],
    ['a token in a path', 'GET /data/x.png?token=abc answered 403', 'GET /data/x.png?token=… answered 403'],
    ['OAuth', 'access_token=abc&refresh_token=def', 'access_token=…&refresh_token=…'],
    ['a bearer', 'Bearer abc12345', 'Bearer …'],
    ['basic, outside of a header', 'sent Basic Ym9iOng=', 'sent Basic …'],
    ['basic, in a URL without scheme', 'from //user:pass@host/x', 'from //host/x'],
    ['basic, in a URL', 'http://user:p@ss@host/x', 'http://host/x'],
    ['OpenAI', `Incorrect API key provided: ${key('sk-', 48)}`, 'Incorrect API key provided: …'],
    ['OpenAI, of a project', `${key('sk-proj-', 48)} was revoked`, '… was revoked'],
    ['Anthropic', `x-api-key: ${key('sk-ant-api03-', 60)}`, 'x-api-key: …'],
    ['Hugging Face', `(${key('hf_', 34)})`, '(…)'],
    ['GitHub', key('ghp_', 36), '…'],
    ['Slack', key('xoxb-', 30), '…'],
    ['a JSON body', '{"password":"hunter2","user":"bob"}', '{"password":"…","user":"bob"}'],
    ['JSON in JSON', '{\\"api_key\\": \\"abc\\"}', '{\\"api_key\\": \\"…\\"}'],
    ['cookies', 'cookie: sessionid=abc; csrftoken=def', 'cookie: …'],
    ['a variable', "password = 'hunter2'", "password = '…'"],
  ])('%s', (_, text, shown) => {
    expect(redactText(text)).toBe(shown)
  })

  it.each([
    'the token is missing: ask for one',
    'labelStudio.token: Invalid input: expected string, received number',
    'auth.basic.password: Too small: expected string to have >=1 characters',
    'Basic authentication is needed, a Bearer will not do',
    'max_tokens: 1024, inputTokens: 5, design = flat, tokens=5',
    'task-invalid sk-learn-like desk-organisation-for-two-people',
    'hf_hub_download of onnx-community/bert-base-NER',
    'a signature of /tasks/12/resolve/?fileuri=czM6Ly9i',
    'expected 3 outcomes for 2 items; key "a" is not in {"label":"Car"}',
    'yolo-1a2b3c4d',
  ])('is not: %s', (text) => {
    expect(redactText(text)).toBe(text)
  })

  it.each(['authorization', 'Set-Cookie', 'api_key', 'apiKey', 'HF_TOKEN', 'password'])('is named %s', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  it.each(['tokens', 'inputTokens', 'key', 'task', 'path', 'model_version'])('is not named %s', (name) => {
    expect(isSecretName(name)).toBe(false)
  })

  it('is looked for in time that grows with the text alone', () => {
    const text = 'x_token-'.repeat(20_000)
    expect(redactText(text)).toBe(text)
  })
})
