/** What must not leave the process: tokens, passwords, signatures of URLs. */

import { describe, expect, it } from 'vitest'
import type { Adapter, Item, Logger, Outcome } from '../../src/adapters/adapter.js'
import { PrelabelError } from '../../src/errors.js'
import { get, post, predictBody, quietBackend, recordingLogger, type TextItem, TONE, toneAdapter } from './harness.js'

describe('secrets', () => {
  it('tells nothing of an error that nobody foresaw', async () => {
    const { logger, entries } = recordingLogger()
    const inspect = () => ({
      get classes() {
        return raise(new Error('token abc in /srv/x.ts:3'))
      },
    })
    const backend = quietBackend({ logger, adapters: [toneAdapter({ inspect })] })
    const { status, body } = await post(backend, '/setup', { project: '1.1', schema: TONE })
    expect(status).toBe(500)
    expect(body).toEqual({
      error: { code: 'internal-error', message: 'something went wrong inside the backend', hint: 'Its log says what.' },
      request_id: expect.any(String),
    })
    expect(entries).toContainEqual(expect.objectContaining({ level: 'error', message: 'request failed' }))
  })

  it('writes no token and no signed URL into an answer or a log', async () => {
    const { logger, entries } = recordingLogger()
    const predict = () => {
      throw new Error(
        'GET https://u:p@s3.test/a.jpg?X-Amz-Signature=abc with Token 0123456789abcdef0123456789abcdef01234567',
      )
    }
    const { body } = await post(
      quietBackend({ logger, adapters: [toneAdapter({ predict })] }),
      '/predict',
      predictBody(['x']),
    )
    for (const text of [JSON.stringify(body), JSON.stringify(entries)]) {
      expect(text).toContain('GET https://s3.test/a.jpg?… with Token …')
      expect(text).not.toMatch(/0123456789abcdef|Signature|u:p/)
    }
  })

  const SECRET = 'GET https://u:p@s3.test/a.jpg?X-Amz-Signature=abc with Token 0123456789abcdef0123456789abcdef01234567'
  const leaks = (value: unknown) => /0123456789abcdef|Signature|u:p/.test(JSON.stringify(value))
  const failing = () => new PrelabelError(SECRET, { code: 'x-y', hint: SECRET, path: SECRET, cause: new Error(SECRET) })

  it.each([
    ['a batch that throws', toneAdapter({ predict: () => Promise.reject(new Error(SECRET)) })],
    ['tasks that fail', toneAdapter({ predict: (items) => items.map(failing) })],
    ['a model that does not load', toneAdapter({ load: () => Promise.reject(failing()) })],
    ['a model that cannot be inspected', toneAdapter({ inspect: () => raise(failing()) })],
    ['a control that is refused', { ...toneAdapter(), inspectControl: () => raise(failing()) }],
    ['what is learnt', { ...toneAdapter(), fit: () => raise(failing()) }],
    ['what is prepared', { ...toneAdapter(), prompts: ['rectangle' as const], prepare: () => raise(failing()) }],
    [
      'what an adapter logs',
      {
        ...toneAdapter(),
        predict: (items: readonly Item[], { logger }: { logger: Logger }) => {
          logger.info({ headers: { authorization: 'abcd' }, url: SECRET, err: failing() }, SECRET)
          return items.map(() => [])
        },
      },
    ],
  ] satisfies [string, Adapter][])('of %s are in no answer and no log, whoever keeps it', async (_, adapter) => {
    const { logger, entries } = recordingLogger()
    const backend = quietBackend({ logger, adapters: [adapter] })
    const answers = [
      await post(backend, '/setup', { project: '1.1', schema: TONE, extra_params: { a: 1 } }),
      await post(backend, '/validate', { config: TONE }),
      await post(backend, '/predict', predictBody(['happy', 'sad'])),
      await post(backend, '/predict', predictBody(['glad'])),
      await get(backend, '/ready'),
    ]
    await backend.dispose(1000)
    expect(answers.map(({ body }) => body).filter(leaks)).toEqual([])
    expect(entries.filter(leaks)).toEqual([])
    expect(JSON.stringify([answers.map(({ body }) => body), entries])).toContain(
      'GET https://s3.test/a.jpg?… with Token …',
    )
  })

  it('leave predictions and names as they are', async () => {
    const name = '0123456789abcdef0123456789abcdef01234567'
    const predict = (items: readonly TextItem[]) => items.map((): Outcome => [{ kind: 'text', text: SECRET }])
    const config = '<View><Text name="t" value="$text"/><TextArea name="said" toName="t"/></View>'
    const backend = quietBackend({
      name,
      adapters: [{ ...toneAdapter({ predict }), fills: { TextArea: ['Text'] } }],
    })
    const { body } = await post(backend, '/predict', predictBody(['x'], config))
    expect(body).toMatchObject({
      results: [{ result: [{ value: { text: [SECRET] } }] }],
      model_version: expect.stringContaining(name),
    })
    expect((await get(backend, '/health')).body).toMatchObject({ model_class: name })
  })
})

function raise(error: Error): never {
  throw error
}
