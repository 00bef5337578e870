import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEmptyProject, type EmptyProject, outputOf, root } from './empty-project.js'

let project: EmptyProject
beforeAll(() => {
  project = createEmptyProject()
  project.run('npm', 'install', project.tarball, 'typescript@5.9', '@types/node@20')
})
afterAll(() => project.remove())

test('the declarations of every entry compile where no optional peer is installed', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object }
  const entries = Object.keys(exports).filter((entry) => entry !== './package.json')
  const lines = entries.map((entry, index) => `import * as entry${index} from 'prelabel${entry.slice(1)}'`)
  project.write('all.ts', `${lines.join('\n')}\nvoid [${entries.map((_, index) => `entry${index}`).join(', ')}]\n`)
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck', 'false']
  expect(compile('npx', 'tsc', ...options, 'all.ts')).toEqual([])
})

/** One line an error. */
function compile(command: string, ...args: readonly string[]): readonly string[] {
  try {
    project.run(command, ...args)
    return []
  } catch (error) {
    return outputOf(error)
      .split('\n')
      .filter((line) => line.includes('error TS'))
  }
}
