import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createMediaLoader, type Fetch } from '../../src/media/index.js'
import { PIXEL } from './serve.js'

const STATIC_IMPORT = /^(?:import|export)\s+(?!type\b)(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?|\w+)\s+from\s+'([^']+)'/gm

/** Every module that importing `start` brings in, and the packages among them. */
async function importsOf(start: URL): Promise<{ modules: Set<string>; packages: Set<string> }> {
  const modules = new Set<string>()
  const packages = new Set<string>()
  const open = [start]
  for (let url = open.pop(); url !== undefined; url = open.pop()) {
    if (modules.has(url.href)) continue
    modules.add(url.href)
    const source = await readFile(url, 'utf8')
    for (const [, specifier = ''] of source.matchAll(STATIC_IMPORT)) {
      if (specifier.startsWith('.')) open.push(new URL(specifier.replace(/\.js$/, '.ts'), url))
      else packages.add(specifier)
    }
  }
  return { modules, packages }
}

describe('where there is no node:net and no disk', () => {
  it('the room can be imported', async () => {
    const { modules, packages } = await importsOf(new URL('../../src/media/index.ts', import.meta.url))
    expect(modules.size).toBeGreaterThan(15)
    expect([...packages]).toEqual(['zod'])
  })

  it('fetches with the fetch that it was given, and still checks addresses and redirects', async () => {
    const asked: string[] = []
    const fetch: Fetch = async (url) => {
      asked.push(url)
      if (url.endsWith('/redirect')) return Response.redirect('http://10.0.0.1/', 302)
      return new Response(PIXEL)
    }
    const loader = createMediaLoader({ fetch })
    expect(await loader.load('image', 'https://cdn.example/a.png')).toMatchObject({ width: 1 })
    await expect(loader.load('image', 'http://127.0.0.1/')).rejects.toMatchObject({ code: 'media-address' })
    await expect(loader.load('image', 'https://cdn.example/redirect')).rejects.toMatchObject({ code: 'media-address' })
    expect(asked).toEqual(['https://cdn.example/a.png', 'https://cdn.example/redirect'])
  })
})
