import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { types } from '../../src/cli/types.js'
import { folderWith, runCli } from './run-cli.js'

const config = `<View><Text name="text" value="$text"/>
  <Choices name="tone" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>`

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
