import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, readlink, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type FileStoreOptions, openFileStore } from '../../src/media/file-store.js'
import { createFileLease, createMediaLoader } from '../../src/media/index.js'
import { PIXEL, sendPixel, serve } from './serve.js'

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
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

const sizesIn = async (folder: string) =>
  Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size))

const bytesIn = async (directory: string) =>
  (await sizesIn(join(directory, 'content'))).reduce((bytes, size) => bytes + size, 0)

async function storeIn(options: Partial<FileStoreOptions> = {}) {
  const directory = options.directory ?? (await temporaryFolder())
  const store = await openFileStore({ maxBytes: 1000, maxAgeSeconds: 60, ...options, directory })
  onTestFinished(() => store.dispose())
  return { ...store, directory }
}

describe('the file store', () => {
  it('names files by content, keeps each once, and finds them again after a restart', async () => {
    const { directory, ...store } = await storeIn()
    const stored = await store.put('https://a/x?signature=s3cr3t', download('hel', 'lo'))
    await store.put('https://b/y', download('hello'))
    const hash = createHash('sha256').update('hello').digest('hex')
    expect(stored).toMatchObject({ hash, contentType: 'text/plain', path: expect.stringMatching(/\.txt$/) })
    expect(await readFile(stored.path, 'utf8')).toBe('hello')
    expect(await readdir(join(directory, 'content'))).toEqual([`${hash}.txt`])
    expect((await readdir(directory, { recursive: true })).join(' ')).not.toContain('s3cr3t')
    await store.dispose()
    const reopened = await storeIn({ directory })
    const found = await reopened.find('https://a/x?signature=s3cr3t')
    expect(found).toMatchObject({ hash, contentType: 'text/plain' })
    expect(await readFile(found?.path ?? '', 'utf8')).toBe('hello')
    expect(await reopened.find('https://a/other')).toBeUndefined()
  })

  it('forgets what is too old', async () => {
    const store = await storeIn()
    await store.put('a', download('hello'))
    const [key = ''] = await readdir(join(store.directory, 'keys'))
    await utimes(join(store.directory, 'keys', key), 1, 1)
    expect(await store.find('a')).toBeUndefined()
  })

  it('takes a key that was cut off for none', async () => {
    const store = await storeIn()
    await store.put('a', download('hello'))
    const [key = ''] = await readdir(join(store.directory, 'keys'))
    await writeFile(join(store.directory, 'keys', key), '{"file"')
    expect(await store.find('a')).toBeUndefined()
  })

  it('holds to the cap after each file', async () => {
    const store = await storeIn({ maxBytes: 10 })
    for (let round = 0; round < 20; round++) {
      const { release } = await store.put(`${round}`, download(`${round}`.padStart(4)))
      await release()
      expect(await bytesIn(store.directory)).toBeLessThanOrEqual(10)
    }
    expect(await store.find('19')).toBeDefined()
  })

  it('removes first what was used longest ago', async () => {
    const store = await storeIn({ maxBytes: 10 })
    for (const key of ['old', 'used']) await store.put(key, download(key)).then(({ release }) => release())
    const content = join(store.directory, 'content')
    for (const name of await readdir(content)) await utimes(join(content, name), 1, 1)
    await store.find('used').then((found) => found?.release())
    await store.put('new', download('new!')).then(({ release }) => release())
    expect(await store.find('old')).toBeUndefined()
    expect(await store.find('used')).toBeDefined()
    expect(await store.find('new')).toBeDefined()
  })

  it('removes no file in use, and keeps none beyond the cap once it is released', async () => {
    const store = await storeIn({ maxBytes: 10 })
    const files = await Promise.all(
      ['first', 'second', 'third', 'far more than the cap'].map((text) => store.put(text, download(text))),
    )
    const again = await store.find('first')
    const texts = () => Promise.all(files.map(({ path }) => readFile(path, 'utf8')))
    expect(await texts()).toEqual(['first', 'second', 'third', 'far more than the cap'])
    const [first] = files
    await first?.release()
    await first?.release()
    expect(await readFile(again?.path ?? '', 'utf8')).toBe('first')
    await again?.release()
    await expect(readFile(again?.path ?? '')).rejects.toThrow('ENOENT')
    for (const { release } of files) await release()
    expect(await bytesIn(store.directory)).toBeLessThanOrEqual(10)
    expect(await store.find('far more than the cap')).toBeUndefined()
    const [held = ''] = await readdir(join(store.directory, 'held'))
    expect(await readdir(join(store.directory, 'held', held))).toEqual([])
  })

  it('gives one path to all who use a file, until the last has released it', async () => {
    const store = await storeIn()
    const first = await store.put('a', download('hello'))
    const others = await Promise.all([store.find('a'), store.put('b', download('hello')), store.find('a')])
    expect(new Set(others.map((one) => one?.path))).toEqual(new Set([first.path]))
    for (const one of others) await one?.release()
    expect(await readFile(first.path, 'utf8')).toBe('hello')
    await first.release()
    const later = await store.find('a')
    expect(await readFile(later?.path ?? '', 'utf8')).toBe('hello')
  })

  it('shares a folder with another process: neither takes files from the other, and the cap is that of both', async () => {
    const directory = await temporaryFolder()
    const [one, other] = [await storeIn({ directory, maxBytes: 100 }), await storeIn({ directory, maxBytes: 100 })]
    const held = await one.put('held', download('in use'))
    const found = await other.find('held')
    await one.put('file', download('given up')).then(({ release }) => release())
    for (let round = 0; round < 20; round++) {
      const stores = round % 2 === 0 ? [one, other] : [other, one]
      const files = await Promise.all(
        stores.map((store, which) => store.put(`${round}-${which}`, download(`${round}-${which}`.padEnd(10)))),
      )
      for (const { release } of files) await release()
      expect(await bytesIn(directory)).toBeLessThanOrEqual(100)
    }
    expect(await one.find('file')).toBeUndefined()
    expect(await readFile(held.path, 'utf8')).toBe('in use')
    await held.release()
    expect(await readFile(found?.path ?? '', 'utf8')).toBe('in use')
    await one.dispose()
    expect(await readFile(found?.path ?? '', 'utf8')).toBe('in use')
  })

  it('clears away what a process that is no more had in use', async () => {
    const directory = await temporaryFolder()
    const gone = await storeIn({ directory })
    await gone.put('a', download('hello'))
    const [abandoned = ''] = await readdir(join(directory, 'held'))
    await utimes(join(directory, 'held', abandoned), 1, 1)
    await storeIn({ directory })
    expect(await readdir(join(directory, 'held'))).not.toContain(abandoned)
    expect(await bytesIn(directory)).toBe(5)
  })

  it('lets files be released after its end, and where its folder is gone', async () => {
    const store = await storeIn({ maxBytes: 5 })
    const files = [await store.put('a', download('hello')), await store.put('b', download('world'))]
    await rm(store.directory, { recursive: true })
    await files[0]?.release()
    await store.dispose()
    await files[1]?.release()
    await expect(store.put('c', download('again'))).rejects.toThrow('given up')
    expect(existsSync(store.directory)).toBe(false)
  })

  it('goes on where its folder was removed, also with what was in use', async () => {
    const store = await storeIn()
    await store.put('a', download('hello'))
    const found = await store.find('a')
    await rm(store.directory, { recursive: true })
    expect(await store.find('a')).toBeUndefined()
    for (const key of ['a', 'b'])
      expect(await readFile((await store.put(key, download('hello'))).path, 'utf8')).toBe('hello')
    expect(await readFile((await store.find('a'))?.path ?? '', 'utf8')).toBe('hello')
    await found?.release()
    expect(await readFile((await store.find('b'))?.path ?? '', 'utf8')).toBe('hello')
  })

  it('keeps a file whose other copy another process removes at that moment', async () => {
    const store = await storeIn()
    const name = `${createHash('sha256').update('hello').digest('hex')}.txt`
    // There when it is linked to, and gone when it is touched: as a link that leads nowhere.
    await symlink(join(store.directory, 'gone'), join(store.directory, 'content', name))
    const { release } = await store.put('a', download('hello'))
    await release()
    expect(await readFile((await store.find('a'))?.path ?? '', 'utf8')).toBe('hello')
  })

  it('leaves nothing behind of a download that fails', async () => {
    const store = await storeIn()
    await expect(store.put('a', download('x'.repeat(101)))).rejects.toMatchObject({ code: 'media-too-large' })
    const [own = ''] = await readdir(join(store.directory, 'held'))
    expect((await readdir(store.directory, { recursive: true })).sort()).toEqual([
      'content',
      'held',
      join('held', own),
      'keys',
    ])
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

  it('gives nobody what was fetched with rights of another: token, allowed addresses', async () => {
    const server = await serve((request, response) => {
      const mayRead = request.url === '/open.txt' || request.headers.authorization === `Token ${'a'.repeat(40)}`
      response.writeHead(mayRead ? 200 : 401).end('secret')
    })
    const directory = await temporaryFolder()
    const load = async (path: string, token?: string, allow: string[] = []) => {
      const labelStudio = token === undefined ? {} : { labelStudio: { url: server.origin, token } }
      const loader = createMediaLoader({ ...labelStudio, allow, cache: { directory }, environment: {} })
      onTestFinished(() => loader.dispose())
      return loader.load('text', `${server.origin}${path}`)
    }
    const upload = '/data/upload/1/a.txt'
    await load(upload, 'a'.repeat(40))
    await expect(load(upload, 'b'.repeat(40))).rejects.toMatchObject({ code: 'media-unauthorized' })
    await load('/open.txt', undefined, [server.host])
    await expect(load('/open.txt')).rejects.toMatchObject({ code: 'media-address' })
    const asked = server.seen.length
    expect(await load(upload, 'a'.repeat(40))).toMatchObject({ text: 'secret' })
    expect(server.seen).toHaveLength(asked)
    const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((file) => file.isFile())
    const written = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')))
    expect([...files.map(({ name }) => name), ...written].join()).not.toContain('aaaa')
  })

  it('keeps no data URI of a picture or text: it is in the task', async () => {
    const directory = await temporaryFolder()
    const loader = createMediaLoader({ cache: { directory } })
    onTestFinished(() => loader.dispose())
    await loader.load('text', 'data:text/plain,hello')
    expect(await readdir(directory)).toEqual([])
  })

  it('is tried again where its directory could not be made before', async () => {
    const server = await serve((_, response) => sendPixel(response))
    const directory = join(await temporaryFolder(), 'cache')
    await writeFile(directory, '')
    const loader = createMediaLoader({ allow: [server.host], cache: { directory } })
    onTestFinished(() => loader.dispose())
    const load = () => loader.load('image', `${server.origin}/a.png`)
    await expect(load()).rejects.toMatchObject({ code: 'media-disk' })
    await rm(directory)
    for (let time = 0; time < 2; time++) expect(await load()).toMatchObject({ width: 1 })
    expect(server.seen).toHaveLength(1)
  })

  it('holds to its cap after each picture', async () => {
    const server = await serve((_, response) => response.end(Buffer.concat([PIXEL, randomBytes(50_000)])))
    const directory = await temporaryFolder()
    const loader = createMediaLoader({ allow: [server.host], cache: { directory, maxBytes: 100_000 } })
    onTestFinished(() => loader.dispose())
    for (let index = 0; index < 10; index++) {
      await loader.load('image', `${server.origin}/${index}.png`)
      expect(await bytesIn(directory)).toBeLessThanOrEqual(100_000)
    }
  })

  it('keeps a video until its lease is released, and all without one until the loader is disposed of', async () => {
    const server = await serve((request, response) => response.end(`${request.url}`.repeat(100)))
    const directory = await temporaryFolder()
    const loader = createMediaLoader({ allow: [server.host], cache: { directory, maxBytes: 1000 } })
    const load = (name: string, context = {}) => loader.load('video', `${server.origin}/${name}.mp4`, context)
    const lease = createFileLease()
    const leased = await load('leased', { lease })
    const held = await load('held')
    for (let index = 0; index < 5; index++) {
      const other = createFileLease()
      await load(`${index}`, { lease: other })
      await other.release()
    }
    expect(await readFile(leased.path, 'utf8')).toContain('/leased.mp4')
    await lease.release()
    await expect(readFile(leased.path)).rejects.toThrow('ENOENT')
    expect(await readFile(held.path, 'utf8')).toContain('/held.mp4')
    expect(await bytesIn(directory)).toBeLessThanOrEqual(1000)
    await loader.dispose()
    await expect(readFile(held.path)).rejects.toThrow('ENOENT')
  })

  it.skipIf(!existsSync('/proc/self/fd'))('keeps no file open that is only named (looked up in /proc)', async () => {
    const server = await serve((_, response) => response.end('sound'.repeat(50_000)))
    const directory = await temporaryFolder()
    const loader = createMediaLoader({ allow: [server.host], cache: { directory }, roots: [directory] })
    onTestFinished(() => loader.dispose())
    const { path } = await loader.load('audio', `${server.origin}/a.wav`)
    await loader.load('audio', `${server.origin}/a.wav`)
    await loader.load('audio', path)
    const fds = await readdir('/proc/self/fd')
    const open = await Promise.all(fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
    expect(open.filter((file) => file.startsWith(directory))).toEqual([])
  })

  it('gives up at once what is loaded for a lease that has been released', async () => {
    const server = await serve((_, response) => response.end('sound'))
    const loader = createMediaLoader({ allow: [server.host] })
    onTestFinished(() => loader.dispose())
    const lease = createFileLease()
    await lease.release()
    const { path } = await loader.load('audio', `${server.origin}/a.wav`, { lease })
    await expect(readFile(path)).rejects.toThrow('ENOENT')
  })
})
