import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { validate } from '../../src/cli/validate.js'
import { folderWith, runCli } from './run-cli.js'

const config = `<View>
  <Image name="photo" value="$image"/>
  <RectangleLabels name="vehicle" toName="photo"><Label value="Car"/></RectangleLabels>
</View>`
const box = (value: object) => ({
  id: 'a',
  from_name: 'vehicle',
  to_name: 'photo',
  type: 'rectanglelabels',
  original_width: 640,
  original_height: 480,
  value: { x: 1, y: 2, width: 3, height: 4, rotation: 0, rectanglelabels: ['Car'], ...value },
})
const predictions = (...results: object[]) =>
  JSON.stringify([{ data: { image: 'a.jpg' }, predictions: [{ result: results }] }])

describe('prelabel validate', () => {
  test('says nothing is wrong and exits 0', async () => {
    const folder = folderWith({ 'config.xml': config, 'predictions.json': predictions(box({})) })
    const ran = await runCli(validate, [join(folder, 'config.xml'), join(folder, 'predictions.json')])
    expect(ran).toMatchObject({ code: 0, stdout: 'config and 1 prediction(s) checked: 0 error(s), 0 warning(s)\n' })
  })

  test('prints issues as JSON, with the path from the top of the file, and exits 1', async () => {
    const folder = folderWith({
      'config.xml': config,
      'predictions.json': predictions(box({}), box({ width: 'wide' }), box({ rectanglelabels: ['Truck'] })),
    })
    const ran = await runCli(validate, [join(folder, 'config.xml'), join(folder, 'predictions.json'), '--json'])
    const { issues, errors } = JSON.parse(ran.stdout) as {
      issues: { path: string; severity: string }[]
      errors: number
    }
    expect(ran.code).toBe(1)
    expect(errors).toBeGreaterThanOrEqual(2)
    const paths = issues.filter(({ severity }) => severity === 'error').map(({ path }) => path)
    expect(paths).toContain('[0].predictions[0].result[1].value.width')
    expect(paths.some((path) => path.startsWith('[0].predictions[0].result[2].value.rectanglelabels'))).toBe(true)
  })

  test('shows where the XML breaks, with a caret', async () => {
    const folder = folderWith({ 'config.xml': '<View>\n  <Image name="photo" value=$image/>\n</View>' })
    const ran = await runCli(validate, [join(folder, 'config.xml')])
    expect(ran.code).toBe(1)
    expect(ran.stdout).toMatch(/line 2, column \d+/)
    expect(ran.stdout).toMatch(/\| {3}<Image name="photo" value=\$image\/>\n {2}\| +\^/)
  })

  test.each([
    ['a file that is not there', ['/no/such.xml'], /error file-unreadable: cannot read \/no\/such\.xml/],
    ['an unknown option', ['config.xml', '--strict'], /error unknown-option: .*--strict/],
    ['one argument too many', ['a.xml', 'b.json', 'c.json'], /error unknown-option: .*c\.json/],
  ])('refuses %s', async (_, args, message) => {
    const ran = await runCli(validate, args)
    expect(ran.code).toBe(1)
    expect(ran.stderr).toMatch(message)
    expect(ran.stderr).not.toMatch(/\n\s+at /)
  })

  test('refuses a file that is not JSON, and one without predictions', async () => {
    const folder = folderWith({ 'config.xml': config, 'broken.json': '{"result": [', 'other.json': '{"a": 1}' })
    const check = (file: string) => runCli(validate, [join(folder, 'config.xml'), join(folder, file)])
    expect((await check('broken.json')).stderr).toMatch(/error file-not-json/)
    expect((await check('other.json')).stderr).toMatch(/error no-predictions: .*\n {2}hint: /)
  })
})
