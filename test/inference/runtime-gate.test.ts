import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('a process ends as it is told to, also while models compute in their threads', () => {
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    ['--import', 'jiti/register', 'test/inference/exit-while-computing.fixture.ts'],
    { encoding: 'utf8' },
  )
  expect({ status, signal }, stderr).toEqual({ status: 7, signal: null })
})
