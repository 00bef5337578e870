import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMediaLoader, type LoadedAs, type MediaLoaderOptions } from '../../src/media/index.js'
import { PIXEL, sendPixel, serve } from './serve.js'

/** The error of loading from a server that answers like this. */
async function failureOf(
  answer: (response: ServerResponse, url: string) => unknown,
  limits: MediaLoaderOptions['limits'] = {},
  form: keyof LoadedAs = 'image',
) {
  const server = await serve((request, response) => answer(response, request.url ?? ''))
  const loader = createMediaLoader({ allow: [server.host], limits })
  onTestFinished(() => loader.dispose())
  const value = `${server.origin}/a.png?X-Amz-Signature=s3cr3t`
  const error = await loader.load(form, value).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toMatchObject({ hint: expect.stringMatching(/\.$/) })
  expect(String(error)).not.toContain('s3cr3t')
  expect(JSON.stringify(error)).not.toContain('s3cr3t')
  return { error, server }
}

describe('a server that', () => {
  it.each([
    [401, 'media-unauthorized'],
    [403, 'media-unauthorized'],
    [404, 'media-not-found'],
    [410, 'media-not-found'],
    [500, 'media-http-status'],
    [503, 'media-http-status'],
    [304, 'media-http-status'],
    [206, 'media-http-status'],
  ])('answers %i: %s', async (status, code) => {
    expect((await failureOf((response) => response.writeHead(status).end('…'))).error).toMatchObject({ code })
  })

  it('redirects in a circle is given up after the cap', async () => {
    const { error, server } = await failureOf((response) => response.writeHead(302, { location: '/again' }).end(), {
      redirects: 3,
    })
    expect(error).toMatchObject({ code: 'media-redirects' })
    expect(server.seen).toHaveLength(4)
  })

  it.each([
    ['http://127.0.0.1:PORT/secret', 'media-address'],
    ['http://localhost:PORT/secret', 'media-address'],
    ['http://[::ffff:127.0.0.1]:PORT/', 'media-address'],
    ['//0x7f.1:PORT/', 'media-address'],
    ['http://169.254.169.254/latest/meta-data/', 'media-address'],
    ['file:///etc/passwd', 'media-scheme'],
    ['javascript:alert(1)', 'media-scheme'],
    ['data:text/plain,x', 'media-scheme'],
    ['http://[', 'media-scheme'],
  ])('redirects to %s is not followed', async (template, code) => {
    const inside = await serve((_, response) => sendPixel(response))
    const location = template.replace('PORT', String(inside.port))
    const { error } = await failureOf((response) => response.writeHead(302, { location }).end())
    expect(error).toMatchObject({ code })
    expect(inside.seen).toEqual([])
  })

  it('says that it sends more than the cap is not read', async () => {
    const { error } = await failureOf((response) => response.writeHead(200, { 'content-length': 5000 }).write('x'), {
      imageBytes: 1000,
    })
    expect(error).toMatchObject({ code: 'media-too-large' })
  })

  it('sends without end is cut off at the cap', async () => {
    const endless = (response: ServerResponse) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536))) if (response.destroyed) return
        response.once('drain', more)
      }
      more()
    }
    for (const form of ['image', 'text', 'audio'] as const) {
      const limits = { imageBytes: 1e6, textBytes: 1e6, fileBytes: 1e6 }
      expect((await failureOf(endless, limits, form)).error, form).toMatchObject({ code: 'media-too-large' })
    }
  })

  it('does not answer, or stops in the middle, is waited for no longer than the cap', async () => {
    const silent = await failureOf(() => undefined, { seconds: 0.2 })
    expect(silent.error).toMatchObject({ code: 'media-timeout' })
    const stopping = await failureOf((response) => response.writeHead(200).write(PIXEL.subarray(0, 10)), {
      seconds: 0.2,
    })
    expect(stopping.error).toMatchObject({ code: 'media-timeout' })
  })

  it('breaks off is an outage', async () => {
    const { error } = await failureOf((response) => {
      response.writeHead(200, { 'content-length': 5000 })
      response.write(PIXEL, () => response.destroy())
    })
    expect(error).toMatchObject({ code: 'media-unreachable' })
    expect(error).toMatchObject({ message: expect.stringMatching(/^no whole answer from /) })
    const garbled = await failureOf((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    )
    expect(garbled.error).toMatchObject({
      message: expect.stringMatching(/^no whole answer from .* \(Z_DATA_ERROR\)$/),
    })
    const refused = await failureOf((response) => response.destroy())
    expect(refused.error).toMatchObject({ code: 'media-unreachable' })
  })

  it('sends a picture cut off before its size', async () => {
    const { error } = await failureOf((response) => response.end(PIXEL.subarray(0, 20)))
    expect(error).toMatchObject({ code: 'media-not-an-image', message: expect.stringContaining('cut off') })
  })

  it('sends no picture, an empty one, or its login page', async () => {
    for (const content of ['', 'hello', '<!DOCTYPE html><title>Log in</title>']) {
      const { error } = await failureOf((response) => response.end(content))
      expect(error).toMatchObject({ code: 'media-not-an-image' })
    }
  })

  it('sends a picture of more pixels than the cap', async () => {
    const huge = Buffer.from(PIXEL)
    huge.writeUInt32BE(50_000, 16)
    huge.writeUInt32BE(50_000, 20)
    expect((await failureOf((response) => response.end(huge))).error).toMatchObject({ code: 'media-too-many-pixels' })
  })

  it('sends a text in a charset that is not known', async () => {
    const answer = (response: ServerResponse) =>
      response.writeHead(200, { 'content-type': 'text/plain; charset=klingon' }).end('x')
    expect((await failureOf(answer, {}, 'text')).error).toMatchObject({ code: 'media-charset' })
  })

  it('sends a dialogue that is none', async () => {
    for (const content of ['not json', '{}', '["hello"]', '[{"author": "Ann"}]']) {
      const { error } = await failureOf((response) => response.end(content), {}, 'dialogue')
      expect(error, content).toMatchObject({ code: 'media-dialogue' })
    }
  })

  it('is not there', async () => {
    const loader = createMediaLoader({ allow: ['127.0.0.1'] })
    onTestFinished(() => loader.dispose())
    // Below the ports that servers are given when they ask for any: nobody has it.
    await expect(loader.load('image', 'http://127.0.0.1:2/a.png')).rejects.toMatchObject({
      code: 'media-unreachable',
      message: 'no answer from http://127.0.0.1:2/a.png (ECONNREFUSED)',
    })
  })
})

describe('who waits', () => {
  it('may leave: the request is given up', async () => {
    let closed: (() => void) | undefined
    const left = new Promise<void>((resolve) => {
      closed = resolve
    })
    const leaving = new AbortController()
    const server = await serve((_, response) => {
      response.on('close', () => closed?.())
      leaving.abort()
    })
    const loader = createMediaLoader({ allow: [server.host] })
    onTestFinished(() => loader.dispose())
    const loading = loader.load('image', `${server.origin}/a.png`, { signal: leaving.signal })
    await expect(loading).rejects.toMatchObject({ code: 'media-aborted' })
    await left
  })

  it('waits for a free slot', async () => {
    let active = 0
    let most = 0
    const server = await serve(async (_, response) => {
      most = Math.max(most, ++active)
      await new Promise(setImmediate)
      active--
      sendPixel(response)
    })
    const loader = createMediaLoader({ allow: [server.host], limits: { concurrency: 2 } })
    onTestFinished(() => loader.dispose())
    await Promise.all(Array.from({ length: 12 }, (_, index) => loader.load('image', `${server.origin}/${index}.png`)))
    expect(server.seen).toHaveLength(12)
    expect(most).toBeLessThanOrEqual(2)
  })
})

describe('a disk', () => {
  it('that does not take a file is told', async () => {
    const server = await serve((_, response) => sendPixel(response))
    const folder = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'file'), '')
    const loader = createMediaLoader({ allow: [server.host], cache: { directory: join(folder, 'file', 'cache') } })
    await expect(loader.load('image', `${server.origin}/a.png`)).rejects.toMatchObject({ code: 'media-disk' })
  })
})

describe('a local path', () => {
  it('may not lead out of the roots, by dots, links or encodings', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const root = join(folder, 'root')
    await mkdir(join(root, 'sub'), { recursive: true })
    await mkdir(join(folder, 'root-2'))
    await writeFile(join(root, 'a.png'), PIXEL)
    await writeFile(join(folder, 'secret.png'), PIXEL)
    await writeFile(join(folder, 'root-2', 'secret.png'), PIXEL)
    await symlink(join(folder, 'secret.png'), join(root, 'link.png'))
    await symlink(folder, join(root, 'up'))
    const loader = createMediaLoader({ roots: [root] })
    for (const path of ['a.png', './sub/../a.png', join(root, 'a.png'), `file://${root}/a.png`]) {
      expect(await loader.load('image', path), path).toMatchObject({ width: 1 })
    }
    const ways = [
      '../secret.png',
      'sub/../../secret.png',
      join(folder, 'secret.png'),
      join(folder, 'root-2', 'secret.png'),
      `file://${folder}/secret.png`,
      `file://${root}/%2e%2e/secret.png`,
      'link.png',
      'up/secret.png',
    ]
    for (const path of ways)
      await expect(loader.load('image', path), path).rejects.toMatchObject({ code: 'media-path' })
    for (const path of ['none.png', 'sub']) {
      await expect(loader.load('image', path), path).rejects.toMatchObject({ code: 'media-not-found' })
    }
    await expect(loader.load('image', 'a\0.png')).rejects.toMatchObject({ code: 'media-not-found' })
    await expect(loader.load('image', 'file://host/a.png')).rejects.toMatchObject({ code: 'media-value' })
  })
})
