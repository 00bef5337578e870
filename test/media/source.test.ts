import { describe, expect, it } from 'vitest'
import { parseBaseUrl } from '../../src/label-studio/base-url.js'
import { findSources } from '../../src/media/source.js'

interface Setting {
  readonly url?: string
  readonly taskId?: number | string
  readonly projectId?: number | string
  readonly roots?: string[]
  readonly localFiles?: string
}

function find(value: unknown, { url, taskId, projectId, roots = [], localFiles }: Setting = {}) {
  const base = url === undefined ? undefined : parseBaseUrl(url)
  return findSources(value, { base, roots, localFiles, taskId, projectId })
}

const urls = (sources: readonly object[]) => sources.map((source) => ('url' in source ? source.url : source))

describe.each([
  ['at the root', 'https://ls.example', 'https://ls.example'],
  ['with a slash at the end', 'https://ls.example/', 'https://ls.example'],
  ['on a port', 'http://10.0.0.5:8080', 'http://10.0.0.5:8080'],
  ['under a prefix', 'https://ls.example/annotate', 'https://ls.example/annotate'],
  ['under two', 'https://ls.example/a/b/', 'https://ls.example/a/b'],
])('a Label Studio %s', (_, url, base) => {
  const prefix = new URL(base).pathname.replace(/^\/$/, '')
  const upload = `${base}/data/upload/1/a-b.png`
  const both = [upload, `${base}/storage-data/uploaded/?filepath=upload/1/a-b.png`]

  it.each([
    ['/data/upload/1/a-b.png', both],
    [`${prefix}/data/upload/1/a-b.png`, both],
    [upload, both],
    ['upload/1/a-b.png', both],
    ['/upload/1/a-b.png', both],
    ['/data/local-files/?d=imgs/a.png', [`${base}/data/local-files/?d=imgs/a.png`]],
    [`${base}/data/local-files/?d=imgs/a.png`, [`${base}/data/local-files/?d=imgs/a.png`]],
    ['http://localhost:8080/data/local-files/?d=imgs/a.png', [`${base}/data/local-files/?d=imgs/a.png`]],
    ['/tasks/7/resolve/?fileuri=czM6', [`${base}/tasks/7/resolve/?fileuri=czM6`]],
    ['http://elsewhere.example/data/upload/1/a.png', ['http://elsewhere.example/data/upload/1/a.png']],
    ['//cdn.example/a.png', ['https://cdn.example/a.png']],
  ])('%s', (value, expected) => {
    expect(urls(find(value, { url, taskId: 7 }))).toEqual(expected)
  })

  it.each([
    '/tasks/999/resolve/?fileuri=czM6',
    '/tasks/999/presign/?fileuri=czM6',
    '/tasks/%37/resolve/?fileuri=czM6',
    '/tasks/7a/resolve/?fileuri=czM6',
    '/tasks/7/../999/resolve/?fileuri=czM6',
    '/tasks/7/resolve/../../999/resolve/?fileuri=czM6',
    '/projects/4/resolve/?fileuri=czM6',
    '/projects/4/presign/?fileuri=czM6',
  ])('%s reads the storage of another, also as absolute URL', (path) => {
    const values = [path, prefix + path, base + path, `http://localhost:8080${path}`]
    for (const value of values) {
      for (const owner of [
        { taskId: 7, projectId: 3 },
        { taskId: 'x7', projectId: 'x' },
      ]) {
        expect(() => find(value, { url, ...owner }), value).toThrow(
          expect.objectContaining({ code: 'media-other-task', hint: expect.stringContaining('s3://') }),
        )
      }
    }
    if (path.startsWith('/tasks/')) {
      expect(() => find(path, { url })).toThrow(expect.objectContaining({ code: 'media-other-task' }))
    }
  })

  it.each([
    '/tasks/7/resolve/?fileuri=czM6',
    '/tasks/007/presign/?fileuri=czM6',
    '/projects/3/resolve/?fileuri=czM6',
    '/projects/3/presign/?fileuri=czM6',
  ])('%s reads its own, also as absolute URL', (path) => {
    for (const value of [path, base + path]) {
      for (const owner of [
        { taskId: 7, projectId: 3 },
        { taskId: '7', projectId: '3' },
      ]) {
        expect(urls(find(value, { url, ...owner }))).toEqual([base + path])
      }
    }
  })

  it.each(['s3://bucket/a b.png', 'gs://bucket/ä.png', 'azure-blob://container/a.png'])('resolves %s', (uri) => {
    const [source] = urls(find(uri, { url, taskId: 7 }))
    const resolved = new URL(String(source))
    expect(resolved.origin + resolved.pathname).toBe(`${base}/tasks/7/resolve/`)
    const encoded = resolved.searchParams.get('fileuri') ?? ''
    expect(encoded).toMatch(/^[\w-]+=*$/)
    expect(Buffer.from(encoded, 'base64url').toString('utf8')).toBe(uri)
  })
})

describe('a value', () => {
  it.each([
    [undefined, 'media-value'],
    [null, 'media-value'],
    ['', 'media-value'],
    ['  ', 'media-value'],
    [7, 'media-value'],
    [['a.png'], 'media-value'],
    [{ url: 'a.png' }, 'media-value'],
    ['http://', 'media-value'],
    ['ftp://host/a.png', 'media-scheme'],
    ['javascript:alert(1)', 'media-scheme'],
    ['blob:https://host/1', 'media-scheme'],
    ['/data/upload/1/a.png', 'media-no-label-studio'],
    ['upload/1/a.png', 'media-no-label-studio'],
    ['/data/local-files/?d=a.png', 'media-no-label-studio'],
    ['s3://bucket/a.png', 'media-no-label-studio'],
    ['/etc/passwd', 'media-path'],
    ['pictures/a.png', 'media-path'],
    ['file:///etc/passwd', 'media-path'],
    ['C:\\pictures\\a.png', 'media-path'],
  ])('%j is refused with %s', (value, code) => {
    expect(() => find(value)).toThrow(expect.objectContaining({ code, hint: expect.stringMatching(/\.$/) }))
  })

  it('from a cloud needs the id of its task', () => {
    expect(() => find('s3://bucket/a.png', { url: 'https://ls.example' })).toThrow(
      expect.objectContaining({ code: 'media-no-task' }),
    )
  })

  it('is looked for in the roots when it is a path that Label Studio does not serve', () => {
    const roots = ['/pictures']
    for (const path of ['a.png', '/pictures/a.png', 'file:///pictures/a.png', '/data/images/a.png']) {
      expect(find(path, { roots, url: 'https://ls.example' })).toEqual([{ kind: 'file', path, roots }])
    }
  })

  it('of an upload as exports name it is looked for in the roots, then in Label Studio', () => {
    const roots = ['/pictures']
    const url = 'https://ls.example'
    const path = 'upload/1/a.png'
    const file = { kind: 'file', path, roots }
    expect(find(path, { roots, url })).toEqual([file, ...find('/data/upload/1/a.png', { url })])
    expect(find(path, { roots })).toEqual([file])
  })

  it('of a local storage is read from where that is mounted, then from Label Studio', () => {
    const url = 'https://ls.example'
    const sources = find('/data/local-files/?d=/imgs/a%20b.png', { url, localFiles: '/mnt/files' })
    expect(sources).toEqual([
      { kind: 'file', path: 'imgs/a b.png', roots: ['/mnt/files'] },
      { kind: 'remote', url: 'https://ls.example/data/local-files/?d=/imgs/a%20b.png' },
    ])
  })
})
