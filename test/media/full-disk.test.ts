/** A disk that others have filled: a small one is mounted for it. */

import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { createFileLease, createMediaLoader } from '../../src/media/index.js'
import { serve } from './serve.js'

const run = promisify(execFile)
const FILE_BYTES = 300_000

it('has room made on it; then pictures and texts are read without being kept', async (context) => {
  const disk = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
  onTestFinished(() => rm(disk, { recursive: true }))
  const isMounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).then(
    () => true,
    () => false,
  )
  if (!isMounted) context.skip('only root may mount a small disk')
  onTestFinished(async () => {
    await run('umount', [disk])
  })
  // Each with bytes of its own, told by the first letter of its path.
  const server = await serve((request, response) => response.end(Buffer.alloc(FILE_BYTES, request.url?.charAt(1))))
  const loader = createMediaLoader({ allow: [server.host], cache: { directory: join(disk, 'cache') } })
  onTestFinished(() => loader.dispose())
  const text = async (name: string) => (await loader.load('text', `${server.origin}/${name}`)).text.length

  for (const name of 'abcdefg') {
    const lease = createFileLease()
    const { path } = await loader.load('video', `${server.origin}/${name}.mp4`, { lease })
    expect((await stat(path)).size).toBe(FILE_BYTES)
    await lease.release()
  }
  expect(await text('g.mp4')).toBe(FILE_BYTES)
  expect(await text('h')).toBe(FILE_BYTES)

  const lease = createFileLease()
  for (const name of 'ijk') await loader.load('video', `${server.origin}/${name}.mp4`, { lease })
  await expect(loader.load('video', `${server.origin}/l.mp4`)).rejects.toMatchObject({
    code: 'media-disk',
    message: expect.stringContaining('ENOSPC'),
  })
  for (let time = 0; time < 2; time++) expect(await text('m')).toBe(FILE_BYTES)
  expect(server.seen.filter(({ url }) => url === '/m')).toHaveLength(2)

  await lease.release()
  expect(await text('n')).toBe(FILE_BYTES)
  expect(await readdir(join(disk, 'cache', 'content'))).not.toEqual([])
})
