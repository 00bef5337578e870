import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMediaLoader, type MediaLoaderOptions } from '../../src/media/index.js'
import { bodyOf, jwt, PIXEL, sendPixel, serve } from './serve.js'

const LEGACY = 'ab'.repeat(20)
const PERSONAL = jwt({ token_type: 'refresh', exp: 8e9, jti: 'x' })

function loaderFor(options: MediaLoaderOptions) {
  const loader = createMediaLoader(options)
  onTestFinished(() => loader.dispose())
  return loader
}

/** A Label Studio that knows one access token at a time. */
async function serveWithAccessTokens(lifeSeconds = 300) {
  let issued = 0
  const labelStudio = await serve(async (request, response) => {
    if (request.url === '/api/token/refresh') {
      const { refresh } = JSON.parse(await bodyOf(request))
      if (refresh !== PERSONAL) return response.writeHead(401).end('{"detail":"Token is invalid"}')
      const access = jwt({ token_type: 'access', iat: 1000, exp: 1000 + lifeSeconds, jti: ++issued })
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ access }))
    }
    const valid = `Bearer ${jwt({ token_type: 'access', iat: 1000, exp: 1000 + lifeSeconds, jti: issued })}`
    if (request.headers.authorization !== valid) return response.writeHead(401).end()
    return sendPixel(response)
  })
  return {
    ...labelStudio,
    refreshes: () => labelStudio.seen.filter(({ method }) => method === 'POST').length,
    revoke: () => issued++,
  }
}

describe('the token', () => {
  it('goes to the media paths of Label Studio alone', async () => {
    const labelStudio = await serve((_, response) => sendPixel(response))
    const other = await serve((_, response) => sendPixel(response))
    const loader = loaderFor({ labelStudio: { url: labelStudio.origin, token: LEGACY }, allow: [other.host] })
    await loader.load('image', '/data/upload/1/a.png')
    await loader.load('image', `${labelStudio.origin}/data/local-files/?d=a.png`)
    await loader.load('image', 's3://bucket/a.png', { taskId: 3 })
    await loader.load('image', `${labelStudio.origin}/api/users`)
    await loader.load('image', `${labelStudio.origin}/data/upload/../../api/users`)
    await loader.load('image', `${labelStudio.origin}/data/upload/..%2f..%2fapi/users`)
    await loader.load('image', `${other.origin}/data/upload/1/a.png`)
    const token = `Token ${LEGACY}`
    expect(labelStudio.seen.map(({ authorization }) => authorization)).toEqual([
      token,
      token,
      token,
      undefined,
      undefined,
      undefined,
    ])
    expect(other.seen.map(({ authorization }) => authorization)).toEqual([undefined])
  })

  it('reads no storage for another task: not by path, URL, redirect or cache', async () => {
    const labelStudio = await serve((_, response) => sendPixel(response))
    const resolve = '/tasks/999/resolve/?fileuri=czM6Ly9i'
    const other = await serve((_, response) =>
      response.writeHead(302, { location: `${labelStudio.origin}${resolve}` }).end(),
    )
    const directory = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
    onTestFinished(() => rm(directory, { recursive: true }))
    const loader = loaderFor({
      labelStudio: { url: labelStudio.origin, token: LEGACY },
      allow: [other.host],
      cache: { directory },
    })
    await loader.load('image', resolve, { taskId: 999 })
    const seen = labelStudio.seen.length
    for (const value of [resolve, labelStudio.origin + resolve, `${other.origin}/a.png`]) {
      const error = await loader.load('image', value, { taskId: 7 }).catch((error: unknown) => error)
      expect(error, value).toMatchObject({ code: 'media-other-task' })
      expect(String(error)).toContain('reads the storage of task 999, and it is in task 7')
    }
    expect(labelStudio.seen).toHaveLength(seen)
  })

  it('does not read the pictures of users', async () => {
    const labelStudio = await serve((_, response) => sendPixel(response))
    const loader = loaderFor({ labelStudio: { url: labelStudio.origin, token: LEGACY } })
    const uploaded = `${labelStudio.origin}/storage-data/uploaded/?filepath=`
    for (const path of [
      'avatars/a.png',
      'upload/1/a.png&filepath=avatars/a.png',
      '%2561vatars/a.png',
      'upload/1/a.png',
    ]) {
      await loader.load('image', uploaded + path)
    }
    expect(labelStudio.seen.map(({ authorization }) => authorization !== undefined)).toEqual([
      false,
      false,
      false,
      true,
    ])
  })

  it('is dropped when Label Studio redirects to a presigned URL, and sent again on the way back', async () => {
    const cloud = await serve((request, response) =>
      request.url === '/back'
        ? response.writeHead(302, { location: `${labelStudio.origin}/data/upload/1/b.png` }).end()
        : sendPixel(response),
    )
    const labelStudio = await serve((request, response) => {
      if (request.url?.startsWith('/data/upload')) return sendPixel(response)
      const location = request.url?.includes('/8/')
        ? `${cloud.origin}/back`
        : `${cloud.origin}/a.png?X-Signature=s3cr3t`
      return response.writeHead(303, { location }).end()
    })
    const loader = loaderFor({ labelStudio: { url: labelStudio.origin, token: LEGACY }, allow: [cloud.host] })
    await loader.load('image', 's3://bucket/a.png', { taskId: 7 })
    await loader.load('image', 's3://bucket/a.png', { taskId: 8 })
    expect(cloud.seen.map(({ url, authorization }) => [url, authorization])).toEqual([
      ['/a.png?X-Signature=s3cr3t', undefined],
      ['/back', undefined],
    ])
    expect(labelStudio.seen.every(({ authorization }) => authorization === `Token ${LEGACY}`)).toBe(true)
  })

  it('of the personal kind is exchanged once for all who wait, and again before its end', async () => {
    const labelStudio = await serveWithAccessTokens()
    const loader = loaderFor({ labelStudio: { url: labelStudio.origin, token: PERSONAL } })
    await Promise.all([1, 2, 3, 4].map((id) => loader.load('image', `/data/upload/1/${id}.png`)))
    await loader.load('image', '/data/upload/1/5.png')
    expect(labelStudio.refreshes()).toBe(1)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 280_000 })
    onTestFinished(() => void vi.useRealTimers())
    await loader.load('image', '/data/upload/1/6.png')
    expect(labelStudio.refreshes()).toBe(2)
  })

  it('of the personal kind is exchanged again when its access token is refused early', async () => {
    const labelStudio = await serveWithAccessTokens()
    const loader = loaderFor({ labelStudio: { url: labelStudio.origin, token: PERSONAL } })
    await loader.load('image', '/data/upload/1/a.png')
    labelStudio.revoke()
    expect(await loader.load('image', '/data/upload/1/a.png')).toMatchObject({ width: 1 })
    expect(labelStudio.refreshes()).toBe(2)
  })

  it('that cannot be exchanged is told, without being told', async () => {
    const labelStudio = await serveWithAccessTokens()
    const revoked = jwt({ token_type: 'refresh', jti: 'revoked' })
    const loader = loaderFor({ labelStudio: { url: labelStudio.origin, token: revoked } })
    const error = await loader.load('image', '/data/upload/1/a.png').catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'label-studio-token' })
    expect(String(error)).not.toContain(revoked)
  })
})

describe('what Label Studio refuses', () => {
  const refusing = (status: number, token?: string) => async (value: string) => {
    const labelStudio = await serve((_, response) => response.writeHead(status).end())
    const loader = loaderFor({ labelStudio: { url: labelStudio.origin, ...(token === undefined ? {} : { token }) } })
    const error = await loader.load('image', value, { taskId: 1 }).catch((error: unknown) => error)
    return error as { code: string; message: string; hint: string }
  }

  it('for want of a token', async () => {
    const error = await refusing(401)('/data/upload/1/a.png')
    expect(error).toMatchObject({ code: 'media-unauthorized' })
    expect(error.hint).toContain('LABEL_STUDIO_API_KEY')
  })

  it('for a legacy token: the three usual causes', async () => {
    const error = await refusing(401, LEGACY)('/data/upload/1/a.png')
    expect(error.message).toContain('a legacy token was sent')
    expect(error.message).not.toContain(LEGACY)
    expect(error.hint).toMatch(/wrong; legacy tokens are switched off .*; its user/)
  })

  it('for a local file: the three usual causes', async () => {
    const error = await refusing(404, LEGACY)('/data/local-files/?d=imgs/a.png')
    expect(error).toMatchObject({ code: 'media-not-found' })
    expect(error.message).toContain('/data/local-files/?d=imgs/a.png')
    expect(error.hint).toMatch(/SERVING_ENABLED is off; .*DOCUMENT_ROOT; no local storage/)
  })

  it('for a cloud storage', async () => {
    const error = await refusing(404, LEGACY)('s3://bucket/a.png')
    expect(error).toMatchObject({ code: 'media-not-found' })
    expect(error.hint).toContain('bucket')
  })

  it('names every place where an upload was looked for', async () => {
    const error = await refusing(500, LEGACY)('/data/upload/1/a.png')
    expect(error).toMatchObject({ code: 'media-http-status' })
    expect(error.message).toMatch(
      /\/data\/upload\/1\/a.png answered 500.*, and .*filepath=upload\/1\/a.png answered 500/,
    )
  })
})

describe('a Label Studio that has moved', () => {
  const load = async (locationOf: (url: string, origin: string) => string, prefix = '') => {
    const moved = await serve((_, response) => response.writeHead(401).end())
    const old = await serve((request, response) =>
      response.writeHead(301, { location: locationOf(request.url ?? '', moved.origin) }).end(),
    )
    const labelStudio = { url: old.origin + prefix, token: LEGACY }
    const loader = loaderFor({ labelStudio, allow: [moved.host] })
    const error = await loader.load('image', '/data/upload/1/a.png').catch((error: unknown) => error)
    return { error, moved, old }
  }

  it('to https or another host is told, with the URL to give', async () => {
    const { error, moved, old } = await load((url, origin) => origin + url)
    expect(error).toMatchObject({
      code: 'label-studio-redirect',
      message: `${old.origin}/data/upload/1/a.png was redirected to ${moved.origin}`,
      hint: expect.stringContaining(`${moved.origin}: often https`),
    })
    expect(moved.seen).toEqual([])
  })

  it('under a prefix, or out of one, too', async () => {
    const under = await load((url, origin) => `${origin}/annotate${url}`)
    expect(under.error).toMatchObject({ hint: expect.stringContaining(`${under.moved.origin}/annotate: often`) })
    const out = await load((url) => url.replace('/annotate', ''), '/annotate')
    expect(out.error).toMatchObject({ code: 'label-studio-redirect' })
  })

  it('is none that sends to a presigned URL', async () => {
    const { error, moved } = await load((url, origin) => `${origin}${url}?X-Signature=s3cr3t`)
    expect(error).toMatchObject({ code: 'media-unauthorized' })
    expect(moved.seen.every(({ authorization }) => authorization === undefined)).toBe(true)
  })
})

describe('without the option', () => {
  it('the environment says where Label Studio is, and with which token', async () => {
    const labelStudio = await serve((_, response) => sendPixel(response))
    const environment = { LABEL_STUDIO_URL: labelStudio.origin, LABEL_STUDIO_API_KEY: LEGACY }
    await loaderFor({ environment }).load('image', '/data/upload/1/a.png')
    expect(labelStudio.seen[0]?.authorization).toBe(`Token ${LEGACY}`)
    await expect(loaderFor({ environment: {} }).load('image', '/data/upload/1/a.png')).rejects.toMatchObject({
      code: 'media-no-label-studio',
    })
  })
})

it('an empty token is refused, and says where there is one', () => {
  for (const token of ['', ' \n']) {
    expect(() => createMediaLoader({ labelStudio: { url: 'https://ls.example', token } })).toThrow(
      expect.objectContaining({ code: 'media-options', hint: expect.stringContaining('Account & Settings') }),
    )
  }
})

describe('an upload', () => {
  it('is found where a Label Studio with uploads in a cloud has it', async () => {
    const labelStudio = await serve((request, response) =>
      request.url?.startsWith('/storage-data/') ? sendPixel(response) : response.writeHead(404).end(),
    )
    const loader = loaderFor({ labelStudio: { url: labelStudio.origin, token: LEGACY } })
    expect(await loader.load('image', '/data/upload/1/a%20b.png')).toMatchObject({ width: 1 })
    expect(labelStudio.seen.at(-1)?.url).toBe('/storage-data/uploaded/?filepath=upload/1/a%20b.png')
  })
})

describe('a local file', () => {
  it('is read from the mount without asking Label Studio, and from Label Studio when it is not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'a.png'), PIXEL)
    const labelStudio = await serve((_, response) => sendPixel(response))
    const loader = loaderFor({ labelStudio: { url: labelStudio.origin, token: LEGACY }, localFiles: folder })
    await loader.load('image', '/data/local-files/?d=a.png')
    expect(labelStudio.seen).toHaveLength(0)
    await loader.load('image', '/data/local-files/?d=b.png')
    expect(labelStudio.seen).toHaveLength(1)
    await expect(loader.load('image', '/data/local-files/?d=../../etc/passwd')).rejects.toMatchObject({
      code: 'media-path',
    })
    expect(labelStudio.seen).toHaveLength(1)
  })
})
