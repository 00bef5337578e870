import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openFileStore } from '../../src/media/file-store.js'
import { createMediaLoader } from '../../src/media/index.js'
import { PIXEL, sendPixel, serve } from './serve.js'

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

async function* streamOf(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part)
}

const download = (...parts: string[]) => ({
  body: streamOf(...parts),
  contentType: 'text/plain',
  extension: '.txt',
  cap: 100,
  subject: 'x',
})

describe('the file store', () => {
  it('names files by content, keeps each once, and finds them again after a restart', async () => {
    const directory = await temporaryFolder()
    const options = { directory, maxBytes: 1000, maxAgeSeconds: 60 }
    const store = await openFileStore(options)
    const stored = await store.put('https://a/x?signature=s3cr3t', download('hel', 'lo'))
    await store.put('https://b/y', download('hello'))
    const hash = createHash('sha256').update('hello').digest('hex')
    expect(stored).toEqual({
      path: join(directory, 'content', `${hash}.txt`),
      hash,
      size: 5,
      contentType: 'text/plain',
    })
    expect(await readdir(join(directory, 'content'))).toEqual([`${hash}.txt`])
    expect((await readdir(directory, { recursive: true })).join(' ')).not.toContain('s3cr3t')
    await store.dispose()
    const reopened = await openFileStore(options)
    expect(await reopened.find('https://a/x?signature=s3cr3t')).toEqual(stored)
    expect(await reopened.find('https://a/other')).toBeUndefined()
  })

  it('forgets what is too old', async () => {
    const directory = await temporaryFolder()
    const store = await openFileStore({ directory, maxBytes: 1000, maxAgeSeconds: 60 })
    await store.put('a', download('hello'))
    const [key = ''] = await readdir(join(directory, 'keys'))
    await utimes(join(directory, 'keys', key), 1, 1)
    expect(await store.find('a')).toBeUndefined()
  })

  it('takes a key that was cut off for none', async () => {
    const directory = await temporaryFolder()
    const store = await openFileStore({ directory, maxBytes: 1000, maxAgeSeconds: 60 })
    await store.put('a', download('hello'))
    const [key = ''] = await readdir(join(directory, 'keys'))
    await writeFile(join(directory, 'keys', key), '{"file"')
    expect(await store.find('a')).toBeUndefined()
  })

  it('removes what was used longest ago when the cap is passed, but nothing that may be in use', async () => {
    const directory = await temporaryFolder()
    const store = await openFileStore({ directory, maxBytes: 10, maxAgeSeconds: 60 })
    const old = await store.put('old', download('old-'))
    const used = await store.put('used', download('used'))
    for (const { path } of [old, used]) await utimes(path, 1, 1)
    await store.find('used')
    await store.put('new', download('new!'))
    expect(await store.find('old')).toBeUndefined()
    expect(await store.find('used')).toBeDefined()
    await store.put('more', download('more!'))
    expect(await store.find('used')).toBeDefined()
    expect(await store.find('new')).toBeDefined()
  })

  it('leaves nothing behind of a download that fails', async () => {
    const directory = await temporaryFolder()
    const store = await openFileStore({ directory, maxBytes: 1000, maxAgeSeconds: 60 })
    await expect(store.put('a', download('x'.repeat(101)))).rejects.toMatchObject({ code: 'media-too-large' })
    expect((await readdir(directory, { recursive: true })).sort()).toEqual(['content', 'keys'])
  })
})

describe('the cache of a loader', () => {
  it('saves fetching a picture again, also for another loader', async () => {
    const server = await serve((_, response) => sendPixel(response))
    const options = { allow: [server.host], cache: { directory: await temporaryFolder() } }
    for (let run = 0; run < 2; run++) {
      const loader = createMediaLoader(options)
      for (let time = 0; time < 2; time++) {
        const image = await loader.load('image', `${server.origin}/a.png`)
        expect(Buffer.from(image.bytes)).toEqual(PIXEL)
      }
      await loader.dispose()
    }
    expect(server.seen).toHaveLength(1)
  })

  it('keeps what a cloud URI is for one task apart from what it is for another', async () => {
    const labelStudio = await serve((request, response) =>
      request.url?.startsWith('/tasks/1/') ? sendPixel(response) : response.writeHead(404).end(),
    )
    const loader = createMediaLoader({
      labelStudio: { url: labelStudio.origin },
      cache: { directory: await temporaryFolder() },
    })
    onTestFinished(() => loader.dispose())
    await loader.load('image', 's3://bucket/a.png', { taskId: 1 })
    await expect(loader.load('image', 's3://bucket/a.png', { taskId: 2 })).rejects.toMatchObject({
      code: 'media-not-found',
    })
  })
})
