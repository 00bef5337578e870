/** Label Studio's own templates and what its Python SDK read from them: `../shared`, beside the project. */

import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = process.env.PRELABEL_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url))

const labelStudio = `${root}/labelstudio`
export const sharedData = existsSync(labelStudio)
if (!sharedData) console.info(`skipped: ${labelStudio} is not there; set PRELABEL_SHARED`)

export function readLines<T>(file: string): T[] {
  if (!sharedData) return []
  const lines = readFileSync(`${labelStudio}/${file}`, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
}

export function readTemplate(file: string): string {
  return readFileSync(`${labelStudio}/templates/${basename(file)}`, 'utf8')
}
