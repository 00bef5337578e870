import { copyFile, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { LabelStudio } from './label-studio.js'

/**
 * Puts files into a local storage of a project, from which the editor and backends can load them.
 *
 * @returns the URL of each, as tasks name it
 */
export async function serveFiles(
  { client, localFiles }: LabelStudio,
  project: number,
  files: readonly string[],
): Promise<string[]> {
  const name = `project-${project}`
  const folder = join(localFiles, name)
  await mkdir(folder)
  await Promise.all(files.map((file) => copyFile(file, join(folder, basename(file)))))
  const body = { project, path: folder, use_blob_urls: true }
  await client.api.send({ method: 'POST', path: '/api/storages/localfiles', body })
  return files.map((file) => `/data/local-files/?d=${name}/${basename(file)}`)
}
