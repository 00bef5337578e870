import { spawnSync } from 'node:child_process'
import path from 'node:path'

const shared = process.env.PRELABEL_SHARED ?? path.resolve('../shared')

/** A python with label-studio-sdk; undefined where there is none. */
export const python = process.env.PRELABEL_PYTHON

export interface Verdict {
  readonly ok: boolean
  readonly errors: readonly string[]
}

/** What the validator of the genuine Python SDK says of each prediction. */
export function askSdk(questions: readonly { config: string; prediction: unknown }[]): Verdict[] {
  if (python === undefined) throw new Error('PRELABEL_PYTHON names no python')
  const { stdout, stderr, status } = spawnSync(python, [`${shared}/labelstudio/oracle.py`], {
    input: questions.map((question) => JSON.stringify(question)).join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`the oracle failed: ${stderr}`)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}
