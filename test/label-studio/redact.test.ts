import { describe, expect, it } from 'vitest'
import { hideCredentials, isSecretName, isSuspicious } from '../../src/label-studio/credentials.js'
import { redactText, redactUrl } from '../../src/label-studio/index.js'
import { redactUrls } from '../../src/label-studio/redact.js'

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
    [`the key ${legacy}.`, 'the key ….'],
    ['"authorization":"Basic Ym9iOng="', '"authorization":"Basic …"'],
    ['Token refreshed', 'Token refreshed'],
    ['get https://h/a?sig=x and http://u:p@h/b failed', 'get https://h/a?… and http://h/b failed'],
    ['nothing to hide', 'nothing to hide'],
  ])('%s', (text, shown) => {
    expect(redactText(text)).toBe(shown)
  })
})

const CAMEL = ['accessToken', 'clientSecret', 'dbPassword', 'openaiApiKey', 'X-Auth-Token', 'Ocp-Apim-Subscription-Key']

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
    ['camelCase in JSON', '{"accessToken":"abc","expiresIn":300}', '{"accessToken":"…","expiresIn":300}'],
    ['camelCase in a query', 'clientSecret=abc&openaiApiKey=def', 'clientSecret=…&openaiApiKey=…'],
    ['a number in JSON', '{"dbPassword": 12345, "port": 1}', '{"dbPassword": …, "port": 1}'],
    ['a list in JSON', '{"token": ["abc"]}', '{"token": ["…"]}'],
    ['a quote in JSON', '{"secret":"it\'s \\"x\\" y","a":1}', '{"secret":"…","a":1}'],
    ['what was cut in JSON', '{"secret":"abc def', '{"secret":"…'],
    ['a header', 'sent api-key: 0f3c9b, accept: */*', 'sent api-key: …, accept: */*'],
    ['a header of Google', 'x-goog-api-key: abc', 'x-goog-api-key: …'],
    ['a header with a token', 'X-Auth-Token: abc', 'X-Auth-Token: …'],
    ['a header of one word', 'authorization: abc', 'authorization: …'],
    ['YAML', 'user: bob\npassword: hunter', 'user: bob\npassword: …'],
    ['GitLab', key('glpat-', 20), '…'],
    ['Groq', key('gsk_', 52), '…'],
    ['npm', key('npm_', 36), '…'],
    ['PEM', `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMII\n-----END RSA PRIVATE KEY----- read`, '… read'],
    ['PEM, cut', `at -----BEGIN ${'PRIVATE'} KEY-----\nMII`, 'at …'],
    [
      'a URL of any scheme',
      'postgresql+asyncpg://u:p@h/db and 1http://u:p@h',
      'postgresql+asyncpg://h/db and 1http://h',
    ],
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
    '{"token":null,"password":true,"tokenCount":12,"maxTokens":3}',
    'http://my-token:8080/health is up; eosTokens: 3',
  ])('is not: %s', (text) => {
    expect(redactText(text)).toBe(text)
  })

  it.each(['authorization', 'Set-Cookie', 'api_key', 'apiKey', 'HF_TOKEN', 'password', ...CAMEL])(
    'is named %s',
    (name) => {
      expect(isSecretName(name)).toBe(true)
    },
  )

  it.each(['tokens', 'inputTokens', 'tokenCount', 'max_tokens', 'design', 'key', 'task', 'path', 'model_version'])(
    'is not named %s',
    (name) => {
      expect(isSecretName(name)).toBe(false)
    },
  )

  it('is hidden where a long text is cut', () => {
    for (let before = 8192 - 60; before < 8192; before++) {
      expect(redactText(`${'word '.repeat(2000).slice(0, before)} ${key('sk-', 48)} end`)).not.toContain('aB3aB3')
    }
    expect(redactText('a'.repeat(100_000)).length).toBeLessThan(8300)
  })
})

/** What patterns begin with, and what they may run over; a hostile text has much of either. */
const BEGINNINGS = [
  ...['', '=', ':', '//', '=//', '://', '://a@', ' ', 'token', 'token=', 'token:', 'token: ', 'token=[', 'a.token: '],
  ...['"token":"', "token='", 'token=\\"', 'Token ', 'cookie=', 'cookie: a', 'authorization: ', 'authorization: a '],
  ...['sig=', 'xsig=', 'eyJ', 'eyJa.', 'sk-', 'hf_', 'gh', 'github_pat_', 'glpat-', 'gsk_', 'npm_', 'xoxb-', 'AKIA'],
  ...['AIza', '-----BEGIN PRIVATE KEY-----', '-----BEGIN ', 'x-amz-', 'access-key-'],
]
const RUNS = [
  'a',
  '-',
  'a-',
  'a.',
  'a_',
  'A ',
  ' ',
  '=',
  ':',
  '"',
  "'",
  '\\',
  '\\"',
  '/',
  '@',
  '[',
  '0',
  'f',
  '\n',
  'a:',
]

describe('the time that a text takes', () => {
  const work = (text: string) => {
    isSuspicious(text)
    isSecretName(text)
    hideCredentials(redactUrls(text))
  }
  // Of the processor, in ms: the clock on the wall counts what other processes do.
  const timeOf = (text: string) => {
    const before = process.cpuUsage()
    work(text)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  const isSlow = (shape: (length: number) => string) => timeOf(shape(32_000)) / Math.max(timeOf(shape(4000)), 0.5) > 32

  // Eight times the length takes some eight times as long; with a quadratic pattern it would be 64 times.
  it.each(BEGINNINGS)('grows no faster than the text, whatever comes after and again after %j', (beginning) => {
    const shapes = RUNS.flatMap((run) => [
      (length: number) => beginning + run.repeat(length / run.length),
      (length: number) => (beginning + run).repeat(length / (beginning.length + run.length)),
    ])
    // Compiling a pattern can make anything look slow once.
    const slow = shapes.filter((shape) => [1, 2, 3, 4].every(() => isSlow(shape)))
    expect(slow.map((shape) => shape(40))).toEqual([])
  })
})
