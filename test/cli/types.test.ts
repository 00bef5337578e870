import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { types } from '../../src/cli/types.js'
import { serve } from '../media/serve.js'
import { folderWith, runCli } from './run-cli.js'

const config = `<View><Text name="text" value="$text"/>
  <Choices name="tone" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>`

afterEach(() => vi.unstubAllEnvs())

test('writes the types of a config', async () => {
  const folder = folderWith({ 'config.xml': config })
  const out = join(folder, 'labels.ts')
  expect(await runCli(types, [join(folder, 'config.xml'), '-o', out, '--name', 'Tone'])).toMatchObject({ code: 0 })
  const written = readFileSync(out, 'utf8')
  expect(written).toMatch(/export type Tone = /)
  expect(written).toMatch(/tag: ['"]Choices['"]; to: ['"]text['"]; option: ['"]Good['"] \| ['"]Bad['"]; many: false/)
})

test('refuses a config that Label Studio would refuse, and a name that is none', async () => {
  const folder = folderWith({ 'config.xml': config, 'broken.xml': config.replace('toName="text"', 'toName="txt"') })
  const broken = await runCli(types, [join(folder, 'broken.xml')])
  expect(broken).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/txt/) })
  const misnamed = await runCli(types, [join(folder, 'config.xml'), '--name', '1x'])
  expect(misnamed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error invalid-option: --name/) })
})

const TOKEN = 'ab'.repeat(20)

/** A Label Studio whose project 12 has the config. */
function serveProject() {
  return serve((request, response) => {
    const found = /^\/api\/projects\/12\/?$/.test(request.url ?? '')
    const body = found ? { id: 12, title: 'Tones', label_config: config } : { detail: 'Not found.' }
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
}

test('writes the types of the config of a project', async () => {
  const { origin, seen } = await serveProject()
  const folder = folderWith({ 'config.xml': config })
  const ofFile = await runCli(types, [join(folder, 'config.xml')])
  expect(await runCli(types, ['--project', '12', '--url', origin, '--token', TOKEN])).toEqual(ofFile)
  expect(seen).toMatchObject([{ method: 'GET', authorization: `Token ${TOKEN}` }])
  const missing = await runCli(types, ['--project', '13', '--url', origin, '--token', TOKEN])
  expect(missing).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^error label-studio-not-found: /),
  })
  expect(missing.stderr).not.toContain(TOKEN)
})

test('takes address and token from the environment', async () => {
  const { origin } = await serveProject()
  vi.stubEnv('LABEL_STUDIO_URL', origin)
  vi.stubEnv('LABEL_STUDIO_API_KEY', TOKEN)
  expect(await runCli(types, ['--project', '12'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/Shape/) })
})

test.each([
  ['neither a file nor a project', [], 'neither'],
  ['both', ['config.xml', '--project', '12'], 'both'],
  ['a project that is no id', ['--project', 'Tones'], '--project must be'],
  ['no address', ['--project', '12', '--token', TOKEN], 'needs --url'],
  ['no token', ['--project', '12', '--url', 'http://127.0.0.1:9'], 'needs --token'],
])('refuses %s', async (_, args, message) => {
  for (const name of ['URL', 'HOST', 'API_KEY', 'ACCESS_TOKEN']) vi.stubEnv(`LABEL_STUDIO_${name}`, '')
  const { code, stderr } = await runCli(types, args)
  expect(code).toBe(1)
  expect(stderr).toMatch(/^error invalid-option: /)
  expect(stderr).toContain(message)
})
