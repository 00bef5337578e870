/** Files on disk, under configured roots alone. Node only: imported when the first path is read. */

import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrelabelError } from '../errors.js'

/** A file that may be read. */
export interface LocalFile {
  readonly path: string
  readonly size: number
}

/**
 * Finds the file that `path` names in one of the roots; the first root that has it wins. Links are followed, and where
 * they lead must lie in the root too.
 *
 * @throws PrelabelError `media-path` when it leads out of every root, `media-not-found` when no root has it
 */
export async function findLocalFile(path: string, roots: readonly string[]): Promise<LocalFile> {
  const plain = path.startsWith('file:') ? pathOfFileUrl(path) : path
  let outside = 0
  for (const root of roots) {
    const candidate = resolve(root, plain)
    if (!isInside(candidate, resolve(root))) {
      outside++
      continue
    }
    const real = await realpath(candidate).catch(() => undefined)
    const file = real === undefined ? undefined : await stat(real)
    if (real === undefined || file === undefined || !file.isFile()) continue
    if (isInside(real, await realpath(root))) return { path: real, size: file.size }
    outside++
  }
  throw outside > 0 ? outsideError(path) : missingError(path)
}

/** The file is opened when the first bytes are asked for: nobody may ever do so. */
export async function* streamLocalFile(path: string, signal: AbortSignal): AsyncIterable<Uint8Array> {
  yield* createReadStream(path, { signal })
}

function pathOfFileUrl(url: string): string {
  try {
    return fileURLToPath(url)
  } catch (cause) {
    throw new PrelabelError(`not the URL of a local file: ${url.slice(0, 200)}`, {
      code: 'media-value',
      hint: 'Correct it in the task: such a URL has three slashes and no host, as file:///data/a.jpg.',
      cause,
    })
  }
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function outsideError(path: string): PrelabelError {
  return new PrelabelError(`${path} lies outside of the directories that may be read`, {
    code: 'media-path',
    hint: 'List its directory in the media option `roots` if tasks may name files in it.',
  })
}

function missingError(path: string): PrelabelError {
  return new PrelabelError(`there is no file ${path} in the directories that may be read`, {
    code: 'media-not-found',
    hint: 'One of three: the path is meant for another machine; the directory is not mounted here; it is not one of `roots`.',
  })
}
