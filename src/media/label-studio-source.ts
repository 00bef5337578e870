/** Files that Label Studio itself serves: uploads, local storages, cloud storages. */

import { PrelabelError } from '../errors.js'
import type { BaseUrl } from '../label-studio/base-url.js'
import { redactUrl } from '../label-studio/redact.js'
import type { Source } from './source.js'

/**
 * Paths under which Label Studio serves media. The token goes to these alone: task data must not make the backend read
 * Label Studio's API with its own rights.
 */
const MEDIA_PATHS = /^\/(data\/(upload|local-files)\/?|storage-data\/uploaded\/?|static\/)/

/** Where Label Studio reads a cloud storage with the credentials of the task or project that the path names. */
const RESOLVING_PATH = /^\/(task|project)s\/([^/]+)\/(resolve|presign)\/?/

/** An encoded slash in the path could become a way out of it behind a proxy; no file of Label Studio has one. */
const ENCODED_SLASH = /%2f|%5c/i

/** The task that a field belongs to, as far as it is known. */
export interface FieldOwner {
  readonly taskId: number | string | undefined
  readonly projectId: number | string | undefined
}

export function isLabelStudioPath(path: string): boolean {
  const isMedia = (MEDIA_PATHS.test(path) && !isAvatar(path)) || RESOLVING_PATH.test(path)
  return isMedia && !ENCODED_SLASH.test(path.split('?', 1)[0] ?? '')
}

/**
 * Holds that a path reads no storage with the credentials of another task or project: the token may see more than who
 * wrote the task.
 *
 * @throws PrelabelError `media-other-task`
 */
export function checkOwner(path: string, { taskId, projectId }: FieldOwner): void {
  const [, kind, id = ''] = RESOLVING_PATH.exec(path) ?? []
  const own = kind === 'project' ? projectId : taskId
  if (kind === undefined || (/^\d+$/.test(id) && id.replace(/^0+(?=\d)/, '') === String(own))) return
  if (kind === 'project' && projectId === undefined) return
  const it = own === undefined ? `the ${kind} it is in is not known` : `it is in ${kind} ${own}`
  throw new PrelabelError(`${redactUrl(path)} reads the storage of ${kind} ${shorten(id)}, and ${it}`, {
    code: 'media-other-task',
    hint: 'Write the file itself into the task, such as s3://bucket/key: it is read with the storage of its own project.',
  })
}

/** `/storage-data/uploaded/` has the pictures of users, too. Label Studio takes the last `filepath`, and decodes it once more. */
function isAvatar(path: string): boolean {
  if (!path.startsWith('/storage-data/')) return false
  const filepath = new URL(path, 'http://label-studio').searchParams.getAll('filepath').at(-1) ?? ''
  return !decodePath(filepath).startsWith('upload/')
}

/**
 * The places of one of Label Studio's paths. An upload is also asked for at `/storage-data/uploaded/`, where it is when
 * Label Studio keeps uploads in a cloud behind nginx; a Label Studio with uploads on disk answers 400 there.
 */
export function labelStudioSources(path: string, base: BaseUrl, localFiles: string | undefined): readonly Source[] {
  const itself: Source = { kind: 'remote', url: base.join(path) }
  const upload = /^\/data\/(upload\/[^?#]+)/.exec(path)?.[1]
  if (upload !== undefined) {
    const filepath = encodeURIComponent(decodePath(upload)).replaceAll('%2F', '/')
    return [itself, { kind: 'remote', url: base.join(`/storage-data/uploaded/?filepath=${filepath}`) }]
  }
  const localFile = localFiles === undefined ? undefined : localFilePath(path)
  if (localFiles === undefined || localFile === undefined) return [itself]
  return [{ kind: 'file', path: localFile, roots: [localFiles] }, itself]
}

/** The path within the document root: the last `d` of `/data/local-files/?d=…`. */
function localFilePath(path: string): string | undefined {
  if (!path.startsWith('/data/local-files')) return undefined
  const value = new URL(path, 'http://label-studio').searchParams.getAll('d').at(-1)
  return value?.replace(/^\/+/, '') || undefined
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
