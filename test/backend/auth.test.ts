import { afterEach, describe, expect, it, vi } from 'vitest'
import type { AuthOptions } from '../../src/backend/index.js'
import { get, post, quietBackend, TONE } from './harness.js'

const user = 'bob'
const password = 's3cret:x é'
const basic = (text: string, encoding: 'latin1' | 'utf8' = 'utf8') => ({
  authorization: `Basic ${Buffer.from(text, encoding).toString('base64')}`,
})
const training = { action: 'START_TRAINING', project: { id: 6 } }
const created = { action: 'TASKS_CREATED', project: { id: 6 }, tasks: [] }

function guarded(auth: AuthOptions = { basic: { user, password } }) {
  const backend = quietBackend({ auth })
  const setup = async (headers: Readonly<Record<string, string>>) =>
    (await post(backend, '/setup', { project: '1.1', schema: TONE }, { headers })).status
  return { backend, setup }
}

afterEach(() => void vi.unstubAllEnvs())

describe('basic auth', () => {
  it('comes from the variables of the Python backends where `auth` is not given', async () => {
    vi.stubEnv('BASIC_AUTH_USER', user)
    vi.stubEnv('BASIC_AUTH_PASS', password)
    const ask = async (auth: { readonly auth?: AuthOptions }, headers: Readonly<Record<string, string>>) =>
      (await post(quietBackend(auth), '/setup', { project: '1.1', schema: TONE }, { headers })).status
    expect(await ask({}, {})).toBe(401)
    expect(await ask({}, basic(`${user}:${password}`))).toBe(200)
    expect(await ask({ auth: { bearer: ['other'] } }, { authorization: 'Bearer other' })).toBe(200)
  })

  it.each([
    ['bob', ''],
    ['', 'secret'],
    ['bo:b', 'secret'],
  ])('is not left open by the half-set variables %o and %o', (name, secret) => {
    vi.stubEnv('BASIC_AUTH_USER', name)
    vi.stubEnv('BASIC_AUTH_PASS', secret)
    expect(() => quietBackend()).toThrow(expect.objectContaining({ code: 'backend-options' }))
  })

  it('takes the header that Label Studio sends, which is latin-1, and UTF-8 alike', async () => {
    const { setup } = guarded()
    expect(await setup({ authorization: 'Basic Ym9iOnMzY3JldDp4IOk=' })).toBe(200)
    expect(await setup(basic(`${user}:${password}`, 'utf8'))).toBe(200)
  })

  it.each([
    ['none', {}],
    ['a wrong password', basic('bob:s3cret:x e')],
    ['a wrong user', basic('bop:s3cret:x é')],
    ['a longer password', basic('bob:s3cret:x éé')],
    ['what is no base64', { authorization: 'Basic %%%' }],
    ['another scheme', { authorization: 'Bearer s3cret' }],
    ['an empty header', { authorization: '' }],
  ])('refuses %s', async (_, headers) => {
    const { backend, setup } = guarded()
    expect(await setup(headers)).toBe(401)
    const answer = await post(backend, '/predict', {}, { headers })
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/)
    expect(answer.body).toMatchObject({ error: { code: 'unauthorized' }, request_id: expect.any(String) })
  })

  it('leaves probes open, but tells Label Studio of wrong credentials where it looks first', async () => {
    const { backend } = guarded()
    for (const path of ['/', '/health']) {
      expect((await get(backend, path)).status).toBe(200)
      expect((await get(backend, path, basic('bob:wrong'))).status).toBe(401)
    }
    expect((await get(backend, '/metrics')).status).toBe(401)
  })

  it('takes webhooks, which come without credentials, but no order to train', async () => {
    const { backend } = guarded()
    expect((await post(backend, '/webhook', created)).status).toBe(201)
    expect((await post(backend, '/webhook', training)).status).toBe(401)
    const headers = basic(`${user}:${password}`, 'latin1')
    expect((await post(backend, '/webhook', training, { headers })).status).toBe(201)
  })
})

describe('other credentials', () => {
  it('takes any of several bearer tokens', async () => {
    const { setup } = guarded({ bearer: ['one', 'two'] })
    expect(await setup({ authorization: 'Bearer two' })).toBe(200)
    expect(await setup({ authorization: 'bearer one' })).toBe(200)
    expect(await setup({ authorization: 'Bearer three' })).toBe(401)
  })

  it('takes a header with a shared secret, which can then be demanded of webhooks', async () => {
    const { backend, setup } = guarded({
      header: { name: 'x-secret', value: 'sesame' },
      policy: { webhook: 'required' },
    })
    expect(await setup({ 'x-secret': 'sesame' })).toBe(200)
    expect((await post(backend, '/webhook', created)).status).toBe(401)
    expect((await post(backend, '/webhook', created, { headers: { 'x-secret': 'sesame' } })).status).toBe(201)
    expect((await post(backend, '/webhook', created, { headers: { 'x-secret': 'Sesame' } })).status).toBe(401)
  })

  it('follows a policy by route', async () => {
    const { backend } = guarded({ bearer: ['one'], policy: { health: 'required', metrics: 'open' } })
    expect((await get(backend, '/health')).status).toBe(401)
    expect((await get(backend, '/metrics')).status).toBe(200)
  })

  it.each([
    [{ basic: { user, password } }, /^Basic realm=.*charset/, /user and password/],
    [{ bearer: ['one'], header: { name: 'x-secret', value: 'two' } }, /^Bearer realm=/, /Authorization: Bearer/],
    [{ header: { name: 'x-secret', value: 'two' } }, undefined, /in the header x-secret/],
  ] satisfies [AuthOptions, RegExp | undefined, RegExp][])(
    'says what is asked for: %j',
    async (auth, challenge, hint) => {
      const answer = await get(guarded(auth).backend, '/metrics')
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate') ?? undefined).toEqual(challenge && expect.stringMatching(challenge))
      expect(answer.body).toMatchObject({ error: { code: 'unauthorized', hint: expect.stringMatching(hint) } })
    },
  )

  it.each([
    [{}, 'auth: give `basic`, `bearer` or `header`'],
    [{ bearer: ['b c'] }, 'auth.bearer[0]: a token cannot hold a space'],
    [{ bearer: ['b '] }, 'auth.bearer[0]: a token cannot hold a space'],
    [{ header: { name: 'x-secret', value: ' abc ' } }, 'auth.header.value: a header comes without spaces at its ends'],
    [{ basic: { user: 'a:b', password: 'x' } }, 'auth.basic.user: a user name cannot hold a colon'],
    [{ basic: { user: 'a', password: '' } }, 'auth.basic.password'],
    [{ bearer: [] }, 'auth.bearer'],
  ] satisfies [AuthOptions, string][])('refuses options that protect nothing: %j', (auth, message) => {
    expect(() => quietBackend({ auth })).toThrow(message)
  })
})
