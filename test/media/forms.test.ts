import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMediaLoader, type MediaLoaderOptions } from '../../src/media/index.js'
import { PIXEL, serve } from './serve.js'

function loaderFor(options: MediaLoaderOptions = {}) {
  const loader = createMediaLoader(options)
  onTestFinished(() => loader.dispose())
  return loader
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('a picture', () => {
  it('comes with its bytes, size, format and hash', async () => {
    const image = await loaderFor().load('image', `data:image/png;base64,${PIXEL.toString('base64')}`)
    expect(image).toEqual({
      kind: 'image',
      bytes: new Uint8Array(PIXEL),
      width: 1,
      height: 1,
      orientation: 1,
      format: 'png',
      hash: sha256(PIXEL),
    })
  })
})

describe('a text', () => {
  const textOf = async (bytes: Uint8Array, contentType: string) => {
    const server = await serve((_, response) => response.writeHead(200, { 'content-type': contentType }).end(bytes))
    const loader = loaderFor({ allow: [server.host] })
    return (await loader.load('text', `${server.origin}/a.txt`)).text
  }

  it.each([
    ['UTF-8 without being told', Buffer.from('naïve 🙂'), 'text/plain'],
    ['UTF-8 with a mark', Buffer.from('\uFEFFnaïve 🙂'), 'text/plain'],
    ['UTF-8 whose mark beats the content type', Buffer.from('\uFEFFnaïve 🙂'), 'text/plain; charset=latin1'],
    ['UTF-16 with a mark', Buffer.from('\uFEFFnaïve 🙂', 'utf16le'), 'text/plain'],
    ['UTF-16 as told', Buffer.from('naïve 🙂', 'utf16le'), 'text/plain; charset="utf-16le"'],
  ])('in %s', async (_, bytes, contentType) => {
    expect(await textOf(bytes, contentType)).toBe('naïve 🙂')
  })

  it('in Latin-1 as told', async () => {
    expect(await textOf(Buffer.from('naïve', 'latin1'), 'text/plain;charset=ISO-8859-1')).toBe('naïve')
  })

  it('with line ends as they are, and broken bytes as browsers show them', async () => {
    expect(await textOf(Buffer.from('a\r\nb\rc\n'), 'text/plain')).toBe('a\r\nb\rc\n')
    expect(await textOf(Buffer.from([0x61, 0xff, 0x62]), 'text/plain')).toBe('a\uFFFDb')
  })

  it('in a data URI means what it means to fetch', async () => {
    const loader = loaderFor()
    const texts = fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.boolean(), async (text, isBase64) => {
      const uri = isBase64
        ? `data:text/plain;charset=utf-8;base64,${Buffer.from(text).toString('base64')}`
        : `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`
      expect((await loader.load('text', uri)).text).toBe(await (await fetch(uri)).text())
    })
    await fc.assert(texts, { numRuns: 200 })
    for (const uri of [
      'data:,a%2',
      'data:;base64,YQ%3D%3D',
      'data:;base64, Y Q = =',
      'data:text/plain,%ZZa b',
      'data:,a#b',
      'data:;base64,YQ==#b',
    ]) {
      expect((await loader.load('text', uri)).text, uri).toBe(await (await fetch(uri)).text())
    }
    for (const uri of ['data:text/plain', 'data:;base64,Y']) {
      await expect(loader.load('text', uri), uri).rejects.toMatchObject({ code: 'media-data-uri' })
    }
  })
})

describe('a dialogue', () => {
  const dialogue = [{ author: 'Ann', text: 'Hello' }, { text: 'Hm' }]

  it('is taken as it is', async () => {
    expect(await loaderFor().load('dialogue', dialogue)).toEqual({ kind: 'dialogue', utterances: dialogue })
  })

  it('is read from a URL, under other names', async () => {
    const server = await serve((_, response) => response.end(JSON.stringify([{ who: 'Ann', said: 'Hello', n: 1 }])))
    const loader = loaderFor({ allow: [server.host] })
    const dialogueKeys = { nameKey: 'who', textKey: 'said' }
    const loaded = await loader.load('dialogue', `${server.origin}/d.json`, { dialogueKeys })
    expect(loaded.utterances).toEqual([{ author: 'Ann', text: 'Hello' }])
  })
})

describe('a sound or video', () => {
  const sound = Buffer.from('RIFF....WAVE')

  it('is streamed to a file that keeps its extension, once, and goes with the loader', async () => {
    const server = await serve((_, response) => response.end(sound))
    const loader = createMediaLoader({ allow: [server.host] })
    const first = await loader.load('audio', `${server.origin}/a.wav?signature=x`)
    const second = await loader.load('audio', `${server.origin}/a.wav?signature=x`)
    expect(first).toEqual({ kind: 'audio', path: expect.stringMatching(/\.wav$/), hash: sha256(sound) })
    expect(second).toEqual(first)
    expect(server.seen).toHaveLength(1)
    expect(await readFile(first.path)).toEqual(sound)
    expect((await stat(first.path)).mode & 0o077).toBe(0)
    await loader.dispose()
    await expect(stat(first.path)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
