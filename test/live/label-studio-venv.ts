import { execFile } from 'node:child_process'
import { access, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const LABEL_STUDIO = 'label-studio==1.23.2'
const OWN_VENV = fileURLToPath(new URL('../../node_modules/.cache/prelabel/label-studio-1.23.2', import.meta.url))

/**
 * A Python environment with Label Studio: the one that PRELABEL_LS_VENV names, or one that is made here once. Making
 * it needs python3 with venv, PyPI and some minutes.
 */
export async function labelStudioVenv(): Promise<string> {
  const given = process.env.PRELABEL_LS_VENV
  if (given !== undefined && given !== '') return given
  const isThere = await access(join(OWN_VENV, 'bin/label-studio')).then(
    () => true,
    () => false,
  )
  if (!isThere) await makeVenv()
  return OWN_VENV
}

async function makeVenv(): Promise<void> {
  process.stderr.write(`installing ${LABEL_STUDIO} into ${OWN_VENV}\n`)
  await rm(OWN_VENV, { recursive: true, force: true })
  await mkdir(dirname(OWN_VENV), { recursive: true })
  await run('python3', ['-m', 'venv', OWN_VENV])
  const pip = join(OWN_VENV, 'bin/pip')
  await run(pip, ['install', '--quiet', '--disable-pip-version-check', LABEL_STUDIO]).catch(async (error: unknown) => {
    await rm(OWN_VENV, { recursive: true, force: true })
    throw error
  })
}
