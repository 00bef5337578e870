/** Options that cannot be right are refused when the backend is made, and not found out later. */

import { describe, expect, it } from 'vitest'
import { get, quietBackend } from './harness.js'

/** As those write it whom no type checker stops. */
const withOptions = (options: object) => () => quietBackend(options)

describe('a time', () => {
  it.each(['deadlineMs', 'loadMs', 'adapterMs', 'aloneMs', 'batchWaitMs', 'setupMs'])(
    'that no timer takes is refused: %s',
    (name) => {
      expect(withOptions({ limits: { [name]: 2 ** 31 } })).toThrow(
        expect.objectContaining({
          code: 'backend-options',
          path: `createBackend.limits.${name}`,
          message: expect.stringContaining('must be at most 2147483647 ms'),
        }),
      )
      expect(withOptions({ limits: { [name]: 2 ** 31 - 1 } })).not.toThrow()
    },
  )

  it('to drain that no timer takes is refused', async () => {
    await expect(quietBackend().listen({ port: 0, signals: false, drainMs: 2 ** 31 })).rejects.toMatchObject({
      code: 'listen-options',
      path: 'listen.drainMs',
    })
  })
})

it('a tracer that is none is refused', () => {
  for (const tracer of [{}, { startSpan: () => undefined }])
    expect(withOptions({ tracer })).toThrow(
      expect.objectContaining({ code: 'backend-options', path: 'createBackend.tracer' }),
    )
})

describe('a base path', () => {
  it.each([
    ['/möl', '/m%C3%B6l'],
    ['/m l', '/m%20l'],
    ['/m%20l', '/m%20l'],
  ])('%s stands for what URLs have in its place', async (basePath, asked) => {
    expect((await get(quietBackend({ basePath }), `${asked}/health`)).status).toBe(200)
  })

  it.each(['ml', '/ml/', '/ml?a', '/ml#a'])('%s is refused', (basePath) => {
    expect(withOptions({ basePath })).toThrow(expect.objectContaining({ path: 'createBackend.basePath' }))
  })
})
