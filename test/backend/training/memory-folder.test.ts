import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { post, recordingLogger, TONE } from '../harness.js'
import { created, folder, jobOf, predict, setup, start, task } from './learning.js'

/** A folder that cannot be one, since it is a file. */
function blocked(): string {
  const path = join(folder(), 'state')
  writeFileSync(path, '')
  return path
}

describe('a file of a project that cannot be understood', () => {
  it.each(['{"adapters":{"parrot":{"la', '', '[]', '{"adapters":7}'])(
    'is put aside with a warning, and the project begins anew: %s',
    async (text) => {
      const stateFolder = folder()
      writeFileSync(join(stateFolder, 'project-6.json'), text)
      const { logger, entries } = recordingLogger()
      const backend = start({ stateFolder, logger })
      expect((await predict(backend))[0]).toBe('Negative')
      const [aside = '', ...others] = readdirSync(stateFolder)
      expect(others).toEqual([])
      expect(aside).toMatch(/^project-6\.json\.broken-\d+$/)
      expect(entries.filter(({ level }) => level === 'warn')).toEqual([
        expect.objectContaining({
          fields: expect.objectContaining({ project: '6', file: join(stateFolder, aside) }),
          message: 'what was remembered of a project cannot be read: put aside, it begins anew',
        }),
      ])
      await jobOf(backend, created('Positive'))
      expect((await predict(start({ stateFolder })))[0]).toBe('Positive')
      expect(readFileSync(join(stateFolder, aside), 'utf8')).toBe(text)
    },
  )
})

it('writes nothing outside of its folder', async () => {
  const stateFolder = join(folder(), 'state')
  mkdirSync(stateFolder)
  await setup(start({ stateFolder }), '../../evil', { label: 'Positive' })
  expect(readdirSync(join(stateFolder, '..'))).toEqual(['state'])
  expect(readdirSync(stateFolder)).toEqual([])
})

describe('a folder that cannot be used', () => {
  const refused = {
    code: 'state-folder',
    path: 'createBackend.stateFolder',
    message: expect.stringMatching(/^nothing can be remembered in the folder .*: E[A-Z]+/),
    hint: expect.any(String),
  }

  it('is refused before the backend listens, and when its models are loaded', async () => {
    const backend = start({ stateFolder: blocked() })
    await expect(backend.listen({ port: 0, signals: false })).rejects.toMatchObject(refused)
    await expect(backend.load()).rejects.toMatchObject(refused)
  })

  it('is made where it is not there', async () => {
    const stateFolder = join(folder(), 'deep', 'state')
    await start({ stateFolder }).load()
    expect(readdirSync(stateFolder)).toEqual([])
  })

  it('is told to whoever asks of a project, in other mounts', async () => {
    const backend = start({ stateFolder: blocked() })
    const project = '6.1795299628'
    for (const [path, body] of [
      ['/setup', { project, schema: TONE, extra_params: { a: 1 } }],
      ['/predict', { project, label_config: TONE, tasks: [task] }],
    ] as const)
      expect(await post(backend, path, body)).toMatchObject({ status: 500, body: { error: refused } })
  })

  it('leaves what is remembered as it was when it goes later, and fails the job', async () => {
    const stateFolder = join(folder(), 'state')
    const backend = start({ stateFolder })
    await jobOf(backend, created('Positive'))
    rmSync(stateFolder, { recursive: true })
    writeFileSync(stateFolder, '')
    expect(await jobOf(backend, created('Negative'))).toBe('failed')
    expect((await predict(backend))[0]).toBe('Positive')
  })
})
