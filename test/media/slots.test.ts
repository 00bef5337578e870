/** Who waits for whom: what is fetched at the same time is limited. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMediaLoader, type MediaLoaderOptions } from '../../src/media/index.js'
import { PIXEL, sendPixel, serve } from './serve.js'

/** A loader whose only slot for lists is taken, by a video that is not at its end until `finish` is called. */
async function busyLoader(options: MediaLoaderOptions = {}) {
  let begin: (response: ServerResponse) => void = () => undefined
  const begun = new Promise<ServerResponse>((resolve) => {
    begin = resolve
  })
  const server = await serve((request, response) => {
    if (request.url !== '/long.mp4') return sendPixel(response)
    response.write('x', () => begin(response))
  })
  const limits = { concurrency: 1, ...options.limits }
  const loader = createMediaLoader({ allow: [server.host], ...options, limits })
  onTestFinished(() => loader.dispose())
  const takeSlot = async () => {
    const video = loader.load('video', `${server.origin}/long.mp4`)
    const response = await begun
    return async () => {
      response.end()
      await video
    }
  }
  return { server, loader, takeSlot }
}

/** Time limits that pass when they are told to. */
function timeLimits() {
  const limits: AbortController[] = []
  const limit = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const controller = new AbortController()
    limits.push(controller)
    return controller.signal
  })
  onTestFinished(() => limit.mockRestore())
  return {
    pass: () => {
      for (const controller of limits.splice(0)) controller.abort()
    },
  }
}

describe('what waits for a slot', () => {
  it('has its whole time once it has one', async () => {
    const { server, loader, takeSlot } = await busyLoader()
    const finish = await takeSlot()
    const { pass } = timeLimits()
    const waiting = loader.load('image', `${server.origin}/a.png`)
    await loader.load('image', `${server.origin}/b.png`, { priority: 'interactive' })
    pass()
    await finish()
    expect(await waiting).toMatchObject({ kind: 'image', width: 1 })
  })

  it('leaves when nobody waits for it any more', async () => {
    const { server, loader, takeSlot } = await busyLoader()
    const finish = await takeSlot()
    const leaving = new AbortController()
    const waiting = loader.load('image', `${server.origin}/a.png`, { signal: leaving.signal })
    leaving.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'media-aborted' })
    await finish()
    expect(server.seen.map(({ url }) => url)).toEqual(['/long.mp4'])
  })

  it('is never what need not be fetched: data URIs, local files, and what the cache has', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'a.png'), PIXEL)
    const localFiles = { labelStudio: { url: 'http://127.0.0.1:2' }, localFiles: folder }
    const cache = { directory: join(folder, 'cache') }
    const { server, loader, takeSlot } = await busyLoader({ roots: [folder], cache, ...localFiles })
    const fetched = `${server.origin}/cached.png`
    await loader.load('image', fetched)
    const finish = await takeSlot()
    const dataUri = `data:image/png;base64,${PIXEL.toString('base64')}`
    for (const value of [dataUri, 'a.png', '/data/local-files/?d=a.png', fetched]) {
      expect(await loader.load('image', value), value).toMatchObject({ width: 1 })
    }
    expect(await loader.load('audio', 'data:audio/wav,RIFF')).toMatchObject({ kind: 'audio' })
    await finish()
  })

  it('is not fetched when another has fetched it meanwhile', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const { server, loader } = await busyLoader({ cache: { directory: folder } })
    await Promise.all([1, 2, 3].map(() => loader.load('image', `${server.origin}/a.png`)))
    expect(server.seen).toHaveLength(1)
  })

  it('is never what a person waits for', async () => {
    const { server, loader, takeSlot } = await busyLoader()
    const finish = await takeSlot()
    const image = await loader.load('image', `${server.origin}/a.png`, { priority: 'interactive' })
    expect(image).toMatchObject({ width: 1 })
    await finish()
  })
})

it('what takes too long is told, without what its URL keeps secret', async () => {
  const silent = await serve(() => undefined)
  const loader = createMediaLoader({ allow: [silent.host], limits: { seconds: 0.1 } })
  onTestFinished(() => loader.dispose())
  await expect(loader.load('image', `${silent.origin}/a.png?signature=s3cr3t`)).rejects.toMatchObject({
    code: 'media-timeout',
    message: `loading ${silent.origin}/a.png?… took more than 0.1 s`,
  })
})
