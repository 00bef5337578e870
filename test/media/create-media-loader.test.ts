import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMediaLoader } from '../../src/media/index.js'

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe('createMediaLoader', () => {
  let server: Server
  let origin: string
  let root: string
  const seen: { url: string; authorization: string | undefined }[] = []

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push({ url: request.url ?? '', authorization: request.headers.authorization })
      if (request.url?.startsWith('/storage-data')) return response.writeHead(404).end()
      response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from(PIXEL, 'base64'))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    root = await mkdtemp(join(tmpdir(), 'prelabel-roots-'))
    await writeFile(join(root, 'a.png'), Buffer.from(PIXEL, 'base64'))
    await symlink('/etc/hostname', join(root, 'out.png'))
  })

  afterAll(async () => {
    server.close()
    await rm(root, { recursive: true })
  })

  it('reads a data URI', async () => {
    const image = await createMediaLoader().load('image', `data:image/png;base64,${PIXEL}`)
    expect(image).toMatchObject({ kind: 'image', width: 1, height: 1, orientation: 1, format: 'png' })
    expect(image.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('refuses loopback unless it is allowed', async () => {
    const guarded = createMediaLoader()
    await expect(guarded.load('image', `${origin}/a.png`)).rejects.toMatchObject({ code: 'media-address' })
    const localhost = origin.replace('127.0.0.1', 'localhost')
    await expect(guarded.load('image', `${localhost}/a.png`)).rejects.toMatchObject({ code: 'media-address' })
    await guarded.dispose()
    const open = createMediaLoader({ allow: ['127.0.0.0/8'] })
    expect(await open.load('image', `${origin}/a.png`)).toMatchObject({ width: 1 })
    await open.dispose()
  })

  it('reads an upload of Label Studio with the token', async () => {
    seen.length = 0
    const loader = createMediaLoader({ labelStudio: { url: origin, token: 'ab'.repeat(20) } })
    expect(await loader.load('image', '/data/upload/1/a.png')).toMatchObject({ width: 1 })
    expect(seen).toEqual([{ url: '/data/upload/1/a.png', authorization: `Token ${'ab'.repeat(20)}` }])
    await loader.dispose()
  })

  it('reads files under a root and nothing else', async () => {
    const loader = createMediaLoader({ roots: [root] })
    expect(await loader.load('image', 'a.png')).toMatchObject({ width: 1 })
    expect(await loader.load('image', `file://${root}/a.png`)).toMatchObject({ width: 1 })
    for (const path of ['../a.png', '/etc/passwd', 'out.png', 'file:///etc/passwd']) {
      await expect(loader.load('image', path)).rejects.toMatchObject({ code: 'media-path' })
    }
  })
})
